package io.ringtail.server.admin;

import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.execution.Watchers;
import org.jspecify.annotations.Nullable;

/** {@code watch <stream>*}: makes the connection a watcher of log streams. */
record WatchCommand(LogWatchers watchers) implements Command {
    /** A stream's name and its flag; 0 where nothing is ever published. */
    private enum Stream {
        RAWCMDS(Watchers.RAWCMDS), EVICTIONS(Watchers.EVICTIONS), FETCHERS(Watchers.FETCHERS),
        MUTATIONS(Watchers.MUTATIONS), SYSEVENTS(Watchers.SYSEVENTS),
        CONNEVENTS(Watchers.CONNEVENTS), PROXYREQS(0), PROXYEVENTS(0), PROXYUSER(0),
        DELETIONS(Watchers.DELETIONS);

        private final int flag;

        Stream(int flag) {
            this.flag = flag;
        }

        private static @Nullable Stream of(Words words, int index) {
            for (var stream : values()) {
                if (words.shortens(index, stream.word())) {
                    return stream;
                }
            }
            return null;
        }

        private String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Override
    public @Nullable String execute(Words words, LoopContext loop, Client client) {
        if (!loop.node().config().limits().commands().watch()) {
            return "CLIENT_ERROR watch commands not allowed";
        }
        if (client.hasPendingReplies()) {
            return "ERROR cannot pipeline other commands before watch";
        }
        int streams = words.count() == 0 ? Watchers.FETCHERS : 0;
        for (int i = 0; i < words.count(); i++) {
            var stream = Stream.of(words, i);
            if (stream == null) {
                return "ERROR";
            }
            streams |= stream.flag;
        }
        return watchers.add(client, streams) ? null : "WATCHER_TOO_MANY log watcher limit reached";
    }
}
