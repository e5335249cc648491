package io.ringtail.server.cli;

import io.ringtail.server.cli.Posix.User;
import io.ringtail.server.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * -u: looked up before the node starts, so that a wrong name stops the start; taken on when the
 * ports are bound, which only root may below 1024.
 */
final class Privileges {
    private static final String ROOT = "root";

    private final @Nullable User user;

    private Privileges(@Nullable User user) {
        this.user = user;
    }

    /** As memcached: without being root, -u means nothing. */
    static Privileges of(NodeConfig config, boolean isRoot) throws UnavailableException {
        var name = config.process().user();
        if (name == null || !isRoot || name.equals(ROOT)) {
            return new Privileges(null);
        }
        try (var posix = new Posix()) {
            return new Privileges(posix.user(name));
        }
    }

    /** Gives the files that the node will need later to the user, then becomes the user. */
    void drop(@Nullable Path... owned) throws UnavailableException {
        if (user == null) {
            return;
        }
        for (var path : owned) {
            if (path != null) {
                give(path, user);
            }
        }
        try (var posix = new Posix()) {
            posix.become(user);
        }
    }

    private static void give(Path path, User user) throws UnavailableException {
        try {
            Files.setAttribute(path, "unix:uid", user.id());
            Files.setAttribute(path, "unix:gid", user.group());
        } catch (IOException e) {
            throw new UnavailableException("-u: cannot give " + path + " to " + user.name());
        }
    }
}
