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

    /** All items of this node older than the time that exptime says. */
    void flush(long exptime, LoopContext loop);

    /**
     * flush_all of a client: here and on all other members; {@code then} runs when all have
     * answered that can be reached.
     */
    default void flushAll(long exptime, LoopContext loop, Runnable then) {
        flush(exptime, loop);
        var routing = loop.node().routing();
        routing.askOthers("flush " + exptime, loop, answers -> {
            for (var answer : answers) {
                if (answer.reply() == null) {
                    routing.missedFlush(answer.member(), loop);
                }
            }
            then.run();
        });
    }

    /**
     * What clients with auto-discovery are told of the cluster's members; empty where the node is
     * alone.
     */
    default String members(LoopContext loop) {
        return "";
    }

    /** What the node calls its version. */
    String version();

    /** Takes the statistics that one stats request asked for, in order. */
    interface StatSink {
        void stat(String name, String value);
    }
}
