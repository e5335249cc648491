package io.ringtail.server.peers;

import io.ringtail.cluster.ring.Member;
import io.ringtail.cluster.ring.Ring;
import io.ringtail.cluster.ring.RingConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Knows which of a cluster's nodes owns a key. */
record Keys(Ring ring, List<String> names) {
    static Keys of(List<String> names) {
        return new Keys(Ring.of(names.stream().map(Member::new).toList(), RingConfig.defaults()),
                names);
    }

    boolean isOwnedBy(int node, String key) {
        return ring.indexOf(names.get(node))
                == ring.ownerOf(key.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A key that the node owns; another one for each number. */
    String ownedBy(int node, int number) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "key-" + number + "-" + i)
                .filter(key -> isOwnedBy(node, key))
                .findFirst()
                .orElseThrow();
    }
}
