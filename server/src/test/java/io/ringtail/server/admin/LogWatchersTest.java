package io.ringtail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.execution.Client.Feed.Next;
import io.ringtail.server.execution.NodeClock;
import io.ringtail.server.execution.RecordingClient;
import io.ringtail.server.execution.Watchers;
import io.ringtail.server.stats.AdminCounters;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogWatchersTest {
    private static final String STAMP = "ts=1700000000.1234 gid=";

    private final NodeClock clock = new NodeClock(
            Clock.fixed(Instant.ofEpochSecond(1_700_000_000, 1_234_000), ZoneOffset.UTC));
    private final LogWatchers watchers = new LogWatchers(clock, new AdminCounters(), 4096);

    @Test
    void sendsWatchersTheLinesOfTheirStreamsOnly() {
        var client = new RecordingClient(1);
        assertTrue(watchers.add(client, Watchers.FETCHERS | Watchers.EVICTIONS));
        watchers.publish(Watchers.FETCHERS, "type=item_get key=a");
        watchers.publish(Watchers.MUTATIONS, "type=item_store key=b");
        watchers.publish(Watchers.EVICTIONS, "type=eviction key=c");
        assertEquals(Next.WAIT, client.fill());
        assertEquals(
                "OK\r\n" + STAMP + "1 type=item_get key=a\n" + STAMP + "2 type=eviction key=c\n",
                client.takeSent());
    }

    @Test
    void wakesAWatcherOnceUntilItHasTakenTheLines() {
        var client = new RecordingClient(1);
        watchers.add(client, Watchers.FETCHERS);
        client.fill();
        watchers.publish(Watchers.FETCHERS, "a");
        watchers.publish(Watchers.FETCHERS, "b");
        assertEquals(1, client.wakes());
        client.fill();
        watchers.publish(Watchers.FETCHERS, "c");
        assertEquals(2, client.wakes());
    }

    @Test
    void skipsLinesForAWatcherThatDoesNotReadAndTellsHowMany() {
        var client = new RecordingClient(1);
        watchers.add(client, Watchers.FETCHERS);
        for (int i = 0; i < 100; i++) {
            watchers.publish(Watchers.FETCHERS, "x".repeat(70));
        }
        client.fill();
        var first = lines(client);
        watchers.publish(Watchers.FETCHERS, "after");
        client.fill();
        var sent = first.size() - 1;
        assertTrue(sent > 10 && sent < 100, "sent=" + sent);
        assertEquals(List.of("skipped=" + (100 - sent), STAMP + "101 after"), lines(client));
    }

    @Test
    void hasTwentyWatchersAtMost() {
        var clients = new ArrayList<RecordingClient>();
        for (int i = 0; i < LogWatchers.MAX; i++) {
            clients.add(new RecordingClient(i));
            assertTrue(watchers.add(clients.get(i), Watchers.FETCHERS));
        }
        assertFalse(watchers.add(new RecordingClient(99), Watchers.FETCHERS));
        clients.getFirst().disconnect();
        assertTrue(watchers.add(new RecordingClient(100), Watchers.FETCHERS));
    }

    @Test
    void asksForNoStreamOnceItsLastWatcherHasGone() {
        var client = new RecordingClient(1);
        var other = new RecordingClient(2);
        watchers.add(client, Watchers.FETCHERS);
        watchers.add(other, Watchers.DELETIONS);
        assertEquals(Watchers.FETCHERS | Watchers.DELETIONS, watchers.streams());
        client.disconnect();
        assertEquals(Watchers.DELETIONS, watchers.streams());
        other.disconnect();
        assertEquals(0, watchers.streams());
    }

    private static List<String> lines(RecordingClient client) {
        return Arrays.asList(client.takeSent().split("\r?\n"));
    }
}
