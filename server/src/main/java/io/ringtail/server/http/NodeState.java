package io.ringtail.server.http;

import io.ringtail.metrics.exposition.NodeSnapshot;
import io.ringtail.server.execution.HotKeys.HotKey;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the side port tells of the node. Thread-safe, and not to be asked on an event loop. */
public interface NodeState {
    /** Why the node is not well; null: it is. */
    @Nullable
    String illness();

    /** Why the node should get no new clients; null: it may. */
    @Nullable
    String unreadiness();

    /** What people should know although the node serves; null: nothing. */
    @Nullable
    String note();

    /**
     * Adds a member to the cluster, HOST:PORT or HOST:PORT=WEIGHT; gives the reason where that
     * cannot be, null where it is done.
     */
    @Nullable
    String addPeer(String peer);

    /** Digest of the ring's members, in hexadecimal; null: there is no ring. */
    @Nullable
    String epoch();

    List<MemberRow> members();

    /** The metrics in Prometheus' text format. */
    String metrics();

    /** The statistics of {@code stats}, in order. */
    void statistics(BiConsumer<String, String> sink);

    Namespace namespace();

    /** What was counted, and what there is. */
    NodeSnapshot snapshot();

    /** Milliseconds since the start. */
    long uptimeMillis();

    String version();

    /** The keys that are read most, the most read first. */
    List<HotKey> hotKeys();

    /** One member of the cluster; {@code share} of all keys. */
    record MemberRow(String node, boolean self, String state, int weight, double share) {}

    /** What the keys of one prefix hold. */
    record Namespace(String name, long entries, long bytes, long limitBytes) {}
}
