package io.ringtail.server.auth;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file with users that is missing or is not what it should be; the message says which and why.
 */
public final class UserFileException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    private UserFileException(String message) {
        super(message);
    }

    static UserFileException unreadable(Path file, IOException why) {
        var reason = why instanceof NoSuchFileException ? "No such file or directory"
                : String.valueOf(why.getMessage());
        return new UserFileException(
                "Could not open authfile [" + file + "] for reading, error " + reason);
    }

    static UserFileException malformed(Path file) {
        return new UserFileException(
                "Authfile [" + file + "] has a malformed entry. Should be 'user:password'");
    }

    static UserFileException tooLong(Path file) {
        return new UserFileException(
                "Authfile [" + file + "] has a line longer than " + (UserFile.MAX_LINE_BYTES - 1)
                        + " bytes, or is larger than " + UserFile.MAX_FILE_BYTES);
    }
}
