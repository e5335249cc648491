package io.ringtail.server.config;

import java.io.Serial;

/** A mistake of the person who configures; the message is for them: one clear sentence. */
public final class InvalidSettingException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public InvalidSettingException(String message) {
        super(message, null, false, false);
    }
}
