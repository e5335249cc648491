package io.ringtail.server.cli;

/** Something of the machine cannot be had; the message is for people: one clear sentence. */
final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
        super(message);
    }
}
