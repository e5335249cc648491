package io.ringtail.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ringtail.cluster.ring.Member;
import io.ringtail.cluster.ring.RingKind;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.config.NodeConfig.Etcd;
import io.ringtail.server.config.NodeConfig.Eviction;
import io.ringtail.server.config.NodeConfig.LogFormat;
import io.ringtail.server.config.NodeConfig.Transport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every setting: its default in NodeConfig, and what a value changes there. */
final class SettingTest {
    /** Those that are refused whatever their value. */
    private static final Set<Setting> REFUSED = EnumSet.of(Setting.MEMORY_FILE, Setting.NAPI_IDS);

    private static final Map<Setting, Effect> EFFECTS = new EnumMap<>(Setting.class);
    /** What a setting needs beside itself to be accepted. */
    private static final Map<Setting, Map<Setting, String>> NEEDS = Map.of(Setting.ENABLE_SSL,
            Map.of(Setting.EXTENDED, "ssl_chain_cert=" + readableFile()), Setting.CLUSTER,
            Map.of(Setting.ETCD, "http://a"), Setting.NODE_ID, Map.of(Setting.ETCD, "http://a"),
            Setting.LEASE, Map.of(Setting.ETCD, "http://a"));

    private record Effect(String text, Function<NodeConfig, @Nullable Object> seen,
            @Nullable Object byDefault, Object changed) {}

    static {
        on(Setting.PORT, "5", c -> c.listening().tcp().getFirst().port(), 11211, 5);
        on(Setting.UDP_PORT, "6", c -> c.listening().udp().size(), 0, 1);
        on(Setting.UNIX_SOCKET, "/tmp/s", c -> c.listening().unixSocket(), null, Path.of("/tmp/s"));
        on(Setting.UNIX_MASK, "0755", c -> c.listening().unixMask(), 0700, 0755);
        on(Setting.ENABLE_SHUTDOWN, "yes", c -> c.limits().commands().shutdown(), false, true);
        on(Setting.LISTEN, "*", c -> c.listening().tcp().getFirst().host(), "127.0.0.1", "");
        on(Setting.DAEMON, "yes", c -> c.process().daemon(), false, true);
        on(Setting.ENABLE_COREDUMPS, "yes", c -> c.process().coreDumps(), false, true);
        on(Setting.USER, "nobody", c -> c.process().user(), null, "nobody");
        on(Setting.MEMORY_LIMIT, "2g", c -> c.memory().limitBytes(), 64L << 20, 2L << 30);
        on(Setting.DISABLE_EVICTIONS, "yes", c -> c.memory().evictions(), true, false);
        on(Setting.CONN_LIMIT, "7", c -> c.limits().connections(), 1024, 7);
        on(Setting.LOCK_MEMORY, "yes", c -> c.memory().lockPages(), false, true);
        on(Setting.VERBOSE, "2", NodeConfig::verbosity, 0, 2);
        on(Setting.PIDFILE, "/tmp/p", c -> c.process().pidFile(), null, Path.of("/tmp/p"));
        on(Setting.SLAB_GROWTH_FACTOR, "1.5", c -> c.memory().growthFactor(), 1.25, 1.5);
        on(Setting.SLAB_MIN_SIZE, "96", c -> c.memory().chunkSize(), 48, 96);
        on(Setting.ENABLE_LARGEPAGES, "yes", c -> c.memory().largePages(), false, true);
        on(Setting.PREFIX_DELIMITER, ":", c -> c.limits().commands().prefixStats(), false, true);
        on(Setting.THREADS, "3", NodeConfig::threads, Runtime.getRuntime().availableProcessors(),
                3);
        on(Setting.MAX_REQS_PER_EVENT, "9", c -> c.limits().commandsPerTurn(), Integer.MAX_VALUE,
                9);
        on(Setting.DISABLE_CAS, "yes", c -> c.memory().cas(), true, false);
        on(Setting.LISTEN_BACKLOG, "8", c -> c.listening().backlog(), 1024, 8);
        on(Setting.PROTOCOL, "binary", c -> c.listening().protocol(), BindingProtocol.AUTO,
                BindingProtocol.BINARY);
        on(Setting.MAX_ITEM_SIZE, "2m", c -> c.memory().maxItemBytes(), 1 << 20, 2 << 20);
        on(Setting.ENABLE_SASL, "yes", c -> c.security().sasl(), false, true);
        on(Setting.DISABLE_FLUSH_ALL, "yes", c -> c.limits().commands().flush(), true, false);
        on(Setting.DISABLE_DUMPING, "yes", c -> c.limits().commands().dump(), true, false);
        on(Setting.DISABLE_WATCH, "yes", c -> c.limits().commands().watch(), true, false);
        on(Setting.AUTH_FILE, readableFile(), c -> c.security().authFile(), null,
                Path.of(readableFile()));
        on(Setting.ENABLE_SSL, "yes", c -> c.security().tls() != null, false, true);
        on(Setting.EXTENDED, "idle_timeout=5", c -> c.limits().idleTimeoutSeconds(), 0, 5);
        on(Setting.PEERS, "localhost:5,127.0.0.1=7", c -> c.cluster().peers(), List.of(),
                List.of(new Member("localhost:5"), new Member("127.0.0.1:11211", 7)));
        on(Setting.ETCD, "http://a:1,http://b/", c -> endpoints(c.cluster().etcd()), null,
                List.of("http://a:1", "http://b:2379"));
        on(Setting.CLUSTER, "c", c -> cluster(c.cluster().etcd()), null, "c");
        on(Setting.NODE_ID, "n", c -> id(c.cluster().etcd()), null, "n");
        on(Setting.LEASE, "7s", c -> lease(c.cluster().etcd()), null, 7);
        on(Setting.RING, "fast", c -> c.cluster().ring(), RingKind.KETAMA, RingKind.FAST);
        on(Setting.WEIGHT, "5", c -> c.cluster().weight(), 1, 5);
        on(Setting.ADVERTISE, "a:1", c -> c.cluster().advertise(), null, "a:1");
        on(Setting.CLUSTER_SECRET_FILE, readableFile(), c -> c.cluster().secretFile(), null,
                Path.of(readableFile()));
        on(Setting.PEER_TIMEOUT, "2s", c -> c.cluster().peerTimeoutMillis(), 500, 2000);
        on(Setting.EVICTION, "lru", c -> c.memory().eviction(), Eviction.S3FIFO, Eviction.LRU);
        on(Setting.TRANSPORT, "nio", NodeConfig::transport, Transport.AUTO, Transport.NIO);
        on(Setting.HTTP, "[::1]:6", c -> c.sidePorts().http(), null, new SidePort("::1", 6, true));
        on(Setting.METRICS, "*:5", c -> c.sidePorts().metrics(), null, new SidePort("", 5, true));
        on(Setting.LOG_FORMAT, "json", c -> c.process().logFormat(), LogFormat.TEXT,
                LogFormat.JSON);
        on(Setting.TIME_TURNS, "yes", c -> c.process().timeTurns(), false, true);
        on(Setting.MAX_INFLIGHT, "10", c -> c.limits().maxInflight(), 1024, 10);
    }

    private static void on(Setting setting, String text,
            Function<NodeConfig, @Nullable Object> seen, @Nullable Object byDefault,
            Object changed) {
        EFFECTS.put(setting, new Effect(text, seen, byDefault, changed));
    }

    private static @Nullable Object endpoints(@Nullable Etcd etcd) {
        return etcd == null ? null : etcd.endpoints();
    }

    private static @Nullable Object cluster(@Nullable Etcd etcd) {
        return etcd == null ? null : etcd.cluster();
    }

    private static @Nullable Object id(@Nullable Etcd etcd) {
        return etcd == null ? null : etcd.id();
    }

    private static @Nullable Object lease(@Nullable Etcd etcd) {
        return etcd == null ? null : etcd.leaseSeconds();
    }

    private static String readableFile() {
        return Path.of("pom.xml").toAbsolutePath().toString();
    }

    @Test
    void eachSettingIsRecordedHere() {
        var recorded = EnumSet.copyOf(EFFECTS.keySet());
        recorded.addAll(REFUSED);
        assertEquals(EnumSet.allOf(Setting.class), recorded);
    }

    @TestFactory
    List<DynamicTest> hasItsDefaultAndTakesEffect() {
        return EFFECTS.entrySet()
                .stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().key(),
                        () -> check(entry.getKey(), entry.getValue())))
                .toList();
    }

    private static void check(Setting setting, Effect effect) {
        assertEquals(effect.byDefault(), effect.seen().apply(NodeConfig.defaults()));
        var settings = new HashMap<>(NEEDS.getOrDefault(setting, Map.of()));
        settings.put(setting, effect.text());
        var values = new SettingValues(Form.SERVE);
        settings.forEach((key, text) -> values.put(key, text, new Source.Flag(key.key())));
        var saslFile = new Surroundings(Map.of("MEMCACHED_SASL_PWDB", readableFile()), 2, false, 0);
        var config = ConfigReader.read(values, saslFile).config();
        assertEquals(effect.changed(), effect.seen().apply(config));
        assertNotEquals(effect.byDefault(), effect.changed());
    }

    @Test
    void lettersAndNamesAreUnique() {
        var letters = Arrays.stream(Setting.values())
                .filter(Setting::isMemcached)
                .map(Setting::letter)
                .collect(Collectors.toSet());
        assertEquals(Arrays.stream(Setting.values()).filter(Setting::isMemcached).count(),
                letters.size());
    }
}
