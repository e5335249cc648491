package io.ringtail.loadgen.client;

import java.io.IOException;

/** The server answered with an error line, which is the message. */
public final class ErrorReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    public ErrorReplyException(String line) {
        super(line);
    }
}
