package io.ringtail.loadgen.run;

/** A server answered with what does not belong to the question; nothing it says can be trusted. */
public final class WrongValueException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongValueException(String message) {
        super(message);
    }
}
