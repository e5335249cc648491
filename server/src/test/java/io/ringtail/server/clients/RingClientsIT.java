package io.ringtail.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.cluster.ring.Member;
import io.ringtail.cluster.ring.Ring;
import io.ringtail.cluster.ring.RingConfig;
import io.ringtail.server.wire.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that shard by ketama themselves choose the node that owns the key. */
class RingClientsIT {
    private static final int KEYS = 100_000;
    private static final String THREE = "10.0.0.1:11211:1 10.0.0.2:11211:1 10.0.0.3:11211:1";
    private static final String PORTS = "10.0.0.1:11211:1 10.0.0.1:11212:1 cache-3:4711:1";
    private static final String WEIGHTS =
            "10.0.0.1:11211:3 10.0.0.2:11311:1 cache-3.example:11211:7 10.0.0.4:11211:2";

    private static List<Member> members(String servers) {
        return Arrays.stream(servers.split(" ")).map(server -> {
            int colon = server.lastIndexOf(':');
            return new Member(server.substring(0, colon),
                    Integer.parseInt(server.substring(colon + 1)));
        }).toList();
    }

    /** A letter for each key: A for those of the first member in the list, and so on. */
    private static String owners(List<Member> members) {
        var ring = Ring.of(members, RingConfig.defaults());
        var owners = new StringBuilder();
        for (int i = 0; i < KEYS; i++) {
            int owner = ring.ownerOf(("user:" + i).getBytes(StandardCharsets.US_ASCII));
            owners.append((char) ('A' + members.indexOf(ring.members().get(owner))));
        }
        return owners.toString();
    }

    private static String[] shown(Path interpreter, String script, List<String> arguments)
            throws Exception {
        var command = new ArrayList<>(List.of(interpreter.toString(),
                ScriptedClientsIT.path(script).toString(), Integer.toString(KEYS)));
        command.addAll(arguments);
        return ScriptedClientsIT.run(command.toArray(String[]::new)).strip().split("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {THREE, PORTS, WEIGHTS})
    void libmemcachedChoosesTheOwner(String servers) throws Exception {
        var chosen = shown(ScriptedClientsIT.python(), "libmemcached_owners.py",
                List.of(servers.split(" ")));
        assertEquals(owners(members(servers)), chosen[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {THREE, PORTS, WEIGHTS})
    void phpMemcachedChoosesTheOwner(String servers) throws Exception {
        var chosen = shown(Programs.find("php"), "php_owners.php", List.of(servers.split(" ")));
        assertEquals(owners(members(servers)), chosen[0]);
    }

    @Test
    void pylibmcAsksTheOwner() throws Exception {
        int[] weights = {1, 2, 5, 1};
        var chosen = shown(ScriptedClientsIT.python(), "pylibmc_owners.py",
                Arrays.stream(weights).mapToObj(Integer::toString).toList());
        var ports = chosen[0].split(" ");
        var members = IntStream.range(0, weights.length)
                .mapToObj(i -> new Member("127.0.0.1:" + ports[i], weights[i]))
                .toList();
        assertEquals(owners(members), chosen[1]);
    }
}
