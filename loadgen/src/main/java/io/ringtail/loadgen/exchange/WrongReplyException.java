package io.ringtail.loadgen.exchange;

/** A server answered something else than was asked: replies and requests are out of step. */
public final class WrongReplyException extends Exception {
    private static final long serialVersionUID = 1L;

    public WrongReplyException(String message) {
        super(message);
    }
}
