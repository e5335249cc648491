package io.ringtail.server.execution;

import io.ringtail.protocol.request.Request;

/** The text protocol's commands without a key. */
public interface AdminCommands {
    /** Executes one of the keyless operations and writes its reply. */
    void execute(Request request, LoopContext loop, Client client);

    /**
     * The binary protocol's STAT: hands every statistic of {@code subCommand} to {@code sink};
     * false where there is none of that name.
     */
    boolean stats(String subCommand, LoopContext loop, StatSink sink);

    /** flush_all of either text or binary: all items older than the time that exptime says. */
    void flush(long exptime, LoopContext loop);

    /** What the node calls its version. */
    String version();

    /** Takes the statistics that one stats request asked for, in order. */
    interface StatSink {
        void stat(String name, String value);
    }
}
