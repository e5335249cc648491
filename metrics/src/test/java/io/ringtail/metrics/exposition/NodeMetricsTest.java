package io.ringtail.metrics.exposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.metrics.counters.DurationCounters.Family;
import io.ringtail.metrics.counters.LoopCounters;
import io.ringtail.metrics.counters.PeerCounters;
import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.metrics.counters.StoreCounters.Command;
import io.ringtail.metrics.counters.StoreCounters.Result;
import io.ringtail.metrics.exposition.NodeSnapshot.Cache;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NodeMetricsTest {
    private final LoopCounters counters = new LoopCounters();
    private final PeerCounters peer = new PeerCounters();
    private final NodeMetrics metrics =
            new NodeMetrics(() -> new NodeSnapshot(counters, new Cache(1, 2, 7, 3, 4, 5), 6),
                    () -> List.of(new PeerSnapshot("b:11211", 2, peer)));

    private List<String> lines() {
        return Arrays.asList(metrics.text().split("\n"));
    }

    private void assertShows(String line) {
        assertTrue(lines().contains(line), () -> line + " is not among\n" + metrics.text());
    }

    @Test
    void showsWhatWasCounted() {
        for (int i = 0; i < 7; i++) {
            counters.classes.count(60 + i % 2, SizeClassCounters.GET_HITS);
        }
        counters.deleteMisses = 8;
        counters.stores.count(Command.ADD, Result.NOT_STORED);
        assertShows("ringtail_hits_total{cache_name=\"default\",} 7.0");
        assertShows("ringtail_requests_total{op=\"get\",result=\"hit\",} 7.0");
        assertShows("ringtail_requests_total{op=\"add\",result=\"not_stored\",} 1.0");
        assertShows("ringtail_deletes_total{cache_name=\"default\",} 8.0");
        assertShows("ringtail_cache_evictions_total{cache_name=\"default\",} 4.0");
        assertShows("ringtail_connections 6.0");
    }

    @Test
    void showsWhatIsKnownOfPeers() {
        peer.count(Family.STORE, PeerCounters.Result.NOT_SENT);
        peer.timed(9_000);
        assertShows("ringtail_peer_breaker_state{peer=\"b:11211\",} 2.0");
        assertShows("ringtail_peer_requests_total{peer=\"b:11211\",op=\"store\","
                + "result=\"not_sent\",} 1.0");
        assertShows("ringtail_peer_requests_total{peer=\"b:11211\",op=\"get\","
                + "result=\"ok\",} 0.0");
        assertShows("ringtail_peer_request_duration_seconds_bucket{peer=\"b:11211\","
                + "le=\"1.0E-5\",} 1.0");
    }

    @Test
    void sumsDurationsUpToEachBound() {
        counters.durations.count(9_000, Family.GET);
        counters.durations.count(900_000_000, Family.GET);
        counters.durations.count(60_000_000_000L, Family.GET);
        var start =
                "ringtail_request_duration_seconds_bucket{cache_name=\"default\",op=\"get\",le=";
        assertShows(start + "\"5.0E-6\",} 0.0");
        assertShows(start + "\"1.0E-5\",} 1.0");
        assertShows(start + "\"0.5\",} 1.0");
        assertShows(start + "\"1.0\",} 2.0");
        assertShows(start + "\"10.0\",} 2.0");
        assertShows(start + "\"+Inf\",} 3.0");
        assertShows("ringtail_request_duration_seconds_count{cache_name=\"default\",op=\"get\",}"
                + " 3.0");
    }

    @Test
    void namesEachMetricOnce() {
        var names = lines().stream().filter(line -> line.startsWith("# TYPE ")).toList();
        assertEquals(names.stream().distinct().toList(), names);
        assertTrue(names.size() > 20, "with the JVM's own there are many");
    }

    @Test
    void describesWhatIsOurs() {
        var helps = lines().stream().filter(line -> line.startsWith("# HELP ringtail_")).toList();
        assertEquals(helps.stream().filter(line -> line.endsWith(".")).toList(), helps);
        assertEquals(17, helps.size());
    }

    @Test
    void countsInTotals() {
        var wrong = lines().stream()
                .filter(line -> line.startsWith("# TYPE ringtail_"))
                .filter(line -> line.endsWith("_total counter") != line.endsWith(" counter"))
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void theNameOfTheCacheIsBounded() {
        var names = lines().stream()
                .flatMap(line -> Stream.of(line.split("[{,]")))
                .filter(part -> part.startsWith("cache_name="))
                .distinct()
                .toList();
        assertEquals(List.of("cache_name=\"default\""), names);
    }
}
