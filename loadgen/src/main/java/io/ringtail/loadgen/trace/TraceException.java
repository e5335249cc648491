package io.ringtail.loadgen.trace;

/** A trace cannot be read; the message says where and why. */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TraceException(String message) {
        super(message);
    }
}
