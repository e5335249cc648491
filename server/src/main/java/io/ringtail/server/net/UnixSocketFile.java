package io.ringtail.server.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** The file behind a unix socket: a stale one makes way, a living one does not. */
record UnixSocketFile(Path path) {
    /**
     * Removes a socket that nobody listens on any more; fails where somebody does or where the file
     * is something else.
     */
    static UnixSocketFile claim(Path path) throws BindException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return new UnixSocketFile(path);
        }
        var address = UnixDomainSocketAddress.of(path);
        if (!isSocket(path)) {
            throw new BindException(address,
                    new IOException("the file exists and is not a socket"));
        }
        try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(address);
        } catch (IOException nobodyListens) {
            return delete(path);
        }
        throw new BindException(address, new IOException("another process listens there"));
    }

    private static boolean isSocket(Path path) {
        try {
            var mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & 0170000) == 0140000;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static UnixSocketFile delete(Path path) throws BindException {
        try {
            Files.delete(path);
            return new UnixSocketFile(path);
        } catch (IOException e) {
            throw new BindException(UnixDomainSocketAddress.of(path), e);
        }
    }

    /** Sets the file's permissions to {@code mask}, as -a gives them. */
    void permit(int mask) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        var all = PosixFilePermission.values();
        for (int bit = 0; bit < all.length; bit++) {
            if ((mask & 0400 >> bit) != 0) {
                permissions.add(all[bit]);
            }
        }
        try {
            Files.setPosixFilePermissions(path, permissions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
