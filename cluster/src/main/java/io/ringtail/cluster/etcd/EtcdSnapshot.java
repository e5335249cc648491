package io.ringtail.cluster.etcd;

import io.ringtail.cluster.ring.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What etcd holds of a cluster at one moment. Immutable.
 *
 * @param parameters null where there are none
 * @param parametersRevision when they were last written
 * @param nodes by id
 */
record EtcdSnapshot(long revision, @Nullable String parameters, long parametersRevision,
        Map<String, Node> nodes) {

    /** One node's entry, and the lease that it lives by. */
    record Node(Member member, long lease) {}

    /** Each address once, though a node that was renamed may still have its old entry. */
    List<Member> members() {
        var byName = new TreeMap<String, Member>();
        nodes.values().forEach(node -> byName.putIfAbsent(node.member().name(), node.member()));
        return new ArrayList<>(byName.values());
    }

    /** Lines {@code name value}; unknown ones are passed over. */
    static Map<String, String> fields(String text) {
        var fields = new LinkedHashMap<String, String>();
        for (var line : text.split("\n")) {
            int space = line.indexOf(' ');
            if (space > 0) {
                fields.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        return fields;
    }

    static String text(Map<String, String> fields) {
        var text = new StringBuilder();
        fields.forEach((name, value) -> text.append(name).append(' ').append(value).append('\n'));
        return text.toString();
    }

    static String text(Member member) {
        return "address " + member.name() + "\nweight " + member.weight() + "\n";
    }

    /** Null where the entry says nothing that this node understands. */
    static @Nullable Member member(String text) {
        var fields = fields(text);
        try {
            return new Member(fields.getOrDefault("address", ""),
                    Integer.parseInt(fields.getOrDefault("weight", "1")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
