package io.ringtail.server.execution;

import io.ringtail.server.config.NodeConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all event loops of a node share. Thread-safe. */
public interface NodeServices {
    NodeConfig config();

    NodeClock clock();

    /** The contexts of all event loops, for summing their counters. */
    List<LoopContext> loops();

    /** 0 to 2, as the {@code verbosity} command and -v set it. */
    int verbosity();

    void verbosity(int level);

    AdminCommands admin();

    /** Log watchers ({@code watch}); asked on every command only whether anybody listens. */
    Watchers watchers();

    /** Where commands are counted by prefix; null while {@code stats detail} is off. */
    default @Nullable PrefixCounts prefixCounts() {
        return null;
    }

    /** The node's TLS certificates; null where it has none. */
    default @Nullable Certificates certificates() {
        return null;
    }

    /** How long the loops' turns were, one for each loop; empty where they are not timed. */
    default List<TurnTimes> turnTimes() {
        return List.of();
    }

    /** Which node executes a key's command. */
    Routing routing();

    /** Open connections of all listeners, as {@code stats} and {@code stats conns} report them. */
    Connections connections();

    /** Stops the node in an orderly way ({@code shutdown}); returns at once. */
    void shutDown(boolean graceful);
}
