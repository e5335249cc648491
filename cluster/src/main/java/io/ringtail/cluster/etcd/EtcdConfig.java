package io.ringtail.cluster.etcd;

import io.ringtail.cluster.ring.Member;
import java.util.List;
import java.util.Map;

/**
 * How a node is a member by etcd. Immutable.
 *
 * @param endpoints URLs
 * @param cluster several clusters may share one etcd
 * @param id this node's own, which no other living node may have
 * @param parameters what all nodes of the cluster must have alike, for people too
 */
public record EtcdConfig(List<String> endpoints, String cluster, String id, Member self,
        int leaseSeconds, Map<String, String> parameters) {
    String prefix() {
        return "/ringtail/" + cluster + "/";
    }

    String parametersKey() {
        return prefix() + "ring";
    }

    String nodesPrefix() {
        return prefix() + "nodes/";
    }

    String nodeKey() {
        return nodesPrefix() + id;
    }
}
