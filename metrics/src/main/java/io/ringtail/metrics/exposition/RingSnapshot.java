package io.ringtail.metrics.exposition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node makes of its cluster at one moment.
 *
 * @param epoch digest of the ring
 * @param etcd whether etcd answers; null where the node asks none
 */
public record RingSnapshot(long epoch, List<Node> nodes, @Nullable Boolean etcd) {
    /**
     * One member.
     *
     * @param share its part of all keys, 0 to 1
     * @param reachable whether this node can send it commands; of itself it can
     */
    public record Node(String name, double share, boolean reachable) {}
}
