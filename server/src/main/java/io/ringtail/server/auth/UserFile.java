package io.ringtail.server.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The users in a file, one {@code user:password} a line. The file is read when the node starts and
 * again on {@link #reload()}; a file that cannot be read then leaves the users as they were.
 * Thread-safe.
 */
public final class UserFile {
    /** What the file's lines mean. */
    public enum Format {
        /** memcached's -Y file: every line counts, the password is all behind the first colon. */
        LOGIN {
            @Override
            void read(byte[] line, Path file, List<User> users) throws UserFileException {
                int colon = indexOf(line, 0);
                if (colon < 0) {
                    throw UserFileException.malformed(file);
                }
                if (users.size() < MAX_LOGINS) {
                    users.add(new User(part(line, 0, colon),
                            List.of(part(line, colon + 1, line.length))));
                }
            }
        },
        /**
         * The file that MEMCACHED_SASL_PWDB names: what is behind a further colon belongs to the
         * password or not, as the client likes; other lines do not count.
         */
        SASL {
            @Override
            void read(byte[] line, Path file, List<User> users) {
                int colon = indexOf(line, 0);
                if (colon < 0) {
                    return;
                }
                var passwords = new ArrayList<byte[]>();
                for (int end = colon; end < line.length;) {
                    int next = indexOf(line, end + 1);
                    end = next < 0 ? line.length : next;
                    if (end > colon + 1) {
                        passwords.add(part(line, colon + 1, end));
                    }
                }
                users.add(new User(part(line, 0, colon), List.copyOf(passwords)));
            }
        };

        abstract void read(byte[] line, Path file, List<User> users) throws UserFileException;
    }

    /** More users in a login file are not let in. */
    static final int MAX_LOGINS = 8;
    /** A line with its end. */
    static final int MAX_LINE_BYTES = 256;
    static final int MAX_FILE_BYTES = 1 << 20;

    private final Path path;
    private final Format format;
    private volatile List<User> users;

    private UserFile(Path path, Format format) throws UserFileException {
        this.path = path;
        this.format = format;
        this.users = read();
    }

    /** Reads the file; fails with a message that names it where it is missing or malformed. */
    public static UserFile open(Path path, Format format) throws UserFileException {
        return new UserFile(path, format);
    }

    /** Reads the file anew. */
    public void reload() throws UserFileException {
        users = read();
    }

    /** Whether the file has this user with this password. */
    public boolean admits(byte[] name, byte[] password) {
        boolean admitted = false;
        for (var user : users) {
            admitted |= user.is(name, password);
        }
        return admitted;
    }

    private List<User> read() throws UserFileException {
        var content = content();
        var found = new ArrayList<User>();
        for (int start = 0; start < content.length;) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (end - start >= MAX_LINE_BYTES - 1) {
                throw UserFileException.tooLong(path);
            }
            int length = end > start && content[end - 1] == '\r' ? end - 1 : end;
            format.read(part(content, start, length), path, found);
            start = end + 1;
        }
        return List.copyOf(found);
    }

    private byte[] content() throws UserFileException {
        try (var in = Files.newInputStream(path)) {
            var content = in.readNBytes(MAX_FILE_BYTES + 1);
            if (content.length > MAX_FILE_BYTES) {
                throw UserFileException.tooLong(path);
            }
            return content;
        } catch (UserFileException e) {
            throw e;
        } catch (IOException e) {
            throw UserFileException.unreadable(path, e);
        }
    }

    private static int indexOf(byte[] line, int from) {
        for (int i = from; i < line.length; i++) {
            if (line[i] == ':') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] part(byte[] line, int from, int to) {
        return Arrays.copyOfRange(line, from, to);
    }
}
