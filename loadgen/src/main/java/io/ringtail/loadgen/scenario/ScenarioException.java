package io.ringtail.loadgen.scenario;

/** A scenario cannot be read; the message says where and why. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScenarioException(String message) {
        super(message);
    }
}
