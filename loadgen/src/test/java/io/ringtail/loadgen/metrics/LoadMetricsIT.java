package io.ringtail.loadgen.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.loadgen.breaker.BreakerConfig;
import io.ringtail.loadgen.breaker.ServerBreaker;
import io.ringtail.loadgen.net.Server;
import io.ringtail.loadgen.pool.PoolCounts;
import io.ringtail.loadgen.run.Monitor;
import io.ringtail.loadgen.stats.Failure;
import io.ringtail.loadgen.stats.LoopTally;
import io.ringtail.loadgen.stats.Measure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The metrics as Prometheus reads them. */
final class LoadMetricsIT {
    private final ServerBreaker breaker =
            new ServerBreaker("a:1", new BreakerConfig(2, 50, 1_000, 1));
    private final Monitor monitor = new Monitor(List.of(new Server("a:1",
            InetSocketAddress.createUnresolved("a", 1), breaker, new PoolCounts())), sample -> {});

    @Test
    void hasTheNamesThatUsersKnow() throws IOException {
        var names = new TreeSet<String>();
        scrape().lines()
                .filter(line -> line.startsWith("# TYPE memcache_"))
                .forEach(line -> names.add(line.split(" ", -1)[2]));
        assertEquals(new TreeSet<>(List.of("memcache_operations_total",
                "memcache_operations_per_second", "memcache_error_rate",
                "memcache_circuit_breaker_state", "memcache_circuit_breaker_transitions_total",
                "memcache_circuit_breaker_requests", "memcache_circuit_breaker_failures",
                "memcache_pool_connections", "memcache_pool_connections_created_total",
                "memcache_pool_acquire_errors_total", "memcache_operation_duration_seconds")),
                names);
    }

    @Test
    void showsWhatWasCounted() throws IOException {
        var tally = new LoopTally();
        tally.answered(Measure.GET, 30_000, 3);
        tally.failed(Measure.SET, Failure.TIMEOUT, 500_000_000, 1);
        monitor.passed(0, 2, tally.take());
        assertHas("memcache_operations_total{status=\"success\",} 3.0");
        assertHas("memcache_operations_total{status=\"failed\",} 1.0");
        assertHas("memcache_operations_per_second 1.5");
        assertHas("memcache_error_rate 0.25");
        assertHas("memcache_operation_duration_seconds_bucket{op=\"get\",le=\"2.0E-5\",} 0.0");
        assertHas("memcache_operation_duration_seconds_bucket{op=\"get\",le=\"5.0E-5\",} 3.0");
        assertHas("memcache_operation_duration_seconds_sum{op=\"set\",} 0.5");
        assertHas("memcache_operation_duration_seconds_count{op=\"set\",} 1.0");
    }

    @Test
    void showsTheBreaker() throws IOException {
        assertHas("memcache_circuit_breaker_state{server=\"a:1\",} 0.0");
        for (int i = 0; i < 2; i++) {
            assertTrue(breaker.allows());
            assertHas("memcache_circuit_breaker_requests{server=\"a:1\",} " + (i + 1) + ".0");
            breaker.failed(1, new IOException("gone"));
        }
        assertHas("memcache_circuit_breaker_state{server=\"a:1\",} 2.0");
        assertHas("memcache_circuit_breaker_transitions_total{server=\"a:1\",from=\"closed\","
                + "to=\"open\",} 1.0");
        assertHas("memcache_circuit_breaker_failures{server=\"a:1\",type=\"consecutive\",} ");
        assertHas("memcache_pool_connections{server=\"a:1\",state=\"idle\",} 0.0");
    }

    private void assertHas(String line) throws IOException {
        var text = scrape();
        assertTrue(text.contains(line), () -> line + " is not in\n" + text);
    }

    private String scrape() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var port = MetricsPort.open(address, false, new LoadMetrics(monitor)); var in =
                URI.create("http://127.0.0.1:" + port.port() + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
