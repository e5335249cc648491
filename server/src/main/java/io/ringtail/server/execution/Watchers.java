package io.ringtail.server.execution;

/** Who watches the node's log streams. Asked by every command, so that asking is one plain read. */
public interface Watchers {
    int FETCHERS = 1;
    int MUTATIONS = 2;
    int EVICTIONS = 4;
    int CONNEVENTS = 8;
    int DELETIONS = 16;
    int RAWCMDS = 32;
    int SYSEVENTS = 64;
    /** No stream, but what stderr shows with -vv: commands and replies. */
    int DIALOGUE = 128;

    /** The streams that at least one watcher asked for, and {@link #DIALOGUE} where it is on. */
    int streams();

    /**
     * Hands one line, without its line end and without the leading {@code ts= gid=}, to the
     * stream's watchers; any thread.
     */
    void publish(int stream, String line);
}
