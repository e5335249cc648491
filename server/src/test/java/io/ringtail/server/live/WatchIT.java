package io.ringtail.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Setting;
import io.ringtail.server.testing.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What watchers of a node's log streams are sent. The lines are memcached 1.6.45's. */
final class WatchIT {
    private static final String STAMP = "ts=[0-9]+\\.[0-9]+ gid=[0-9]+ ";
    private static final int MAX_WATCHERS = 20;

    private LiveNode node;
    private TextConnection client;

    @BeforeEach
    void start() throws IOException {
        node = LiveNode.start(Map.of(Setting.MEMORY_LIMIT, "8"));
        client = node.connect();
        // An answer shows that the node knows the connection: no watcher hears of it any more.
        client.ask("version");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        node.close();
    }

    @Test
    void fetchersSeeEveryLookup() throws IOException {
        try (var watcher = watch("")) {
            client.ask("get a%b");
            client.set("a", 10, "123");
            client.list("get a");
            client.ask("mg a");
            node.clock().advance(Duration.ofSeconds(20));
            client.ask("get a");
            client.ask("touch b 0");
            expect(watcher, "type=item_get key=a%25b status=not_found clsid=0 cfd=ID size=0",
                    "type=item_get key=a status=not_found clsid=0 cfd=ID size=0",
                    "type=item_get key=a status=found clsid=1 cfd=ID size=3",
                    "type=item_get key=a status=found clsid=1 cfd=ID size=3",
                    "type=item_get key=a status=expired clsid=0 cfd=ID size=0",
                    "type=item_get key=b status=not_found clsid=0 cfd=ID size=0");
        }
    }

    @Test
    void mutationsSeeWhatBecomesOfEveryStore() throws IOException {
        try (var watcher = watch("mutations")) {
            client.set("a", 10, "123");
            client.ask("add a 0 0 4\r\n1234");
            client.ask("append a 0 0 1\r\n4");
            client.ask("cas a 0 0 1 99999\r\n4");
            client.ask("cas none 0 0 1 99999\r\n4");
            client.ask("set old 0 -1 1\r\n1");
            client.set("big", 0, "b".repeat(2 << 20));
            client.ask("ms m 2 T30\r\nhi");
            client.ask("ma n N60 J12");
            expect(watcher,
                    "type=item_store key=a status=stored cmd=set ttl=10 clsid=1 cfd=ID size=3",
                    "type=item_store key=a status=not_stored cmd=add ttl=0 clsid=1 cfd=ID size=4",
                    "type=item_store key=a status=stored cmd=append ttl=10 clsid=1 cfd=ID size=4",
                    "type=item_store key=a status=exists cmd=cas ttl=0 clsid=1 cfd=ID size=1",
                    "type=item_store key=none status=not_found cmd=cas ttl=0 clsid=1 cfd=ID size=1",
                    "type=item_store key=old status=stored cmd=set ttl=42949672[0-9]+ clsid=1 "
                            + "cfd=ID size=1",
                    "type=item_store key=big status=too_large cmd=set ttl=0 clsid=1 cfd=ID size=0",
                    "type=item_store key=m status=stored cmd=set ttl=30 clsid=1 cfd=ID size=2",
                    "type=item_store key=n status=stored cmd=add ttl=60 clsid=1 cfd=ID size=2");
        }
    }

    @Test
    void deletionsSeeWhatIsDeleted() throws IOException {
        try (var watcher = watch("deletions")) {
            client.set("a", 0, "123");
            client.ask("delete a");
            client.ask("delete a");
            client.set("b", 0, "1");
            client.ask("md b");
            expect(watcher, "type=deleted key=a cmd=delete clsid=1 size=3",
                    "type=deleted key=b cmd=md clsid=1 size=1");
        }
    }

    @Test
    void evictionsSeeWhatIsEvicted() throws IOException {
        try (var watcher = watch("evictions")) {
            for (int i = 0; i < 20_000; i++) {
                client.set("key" + i, 100, "v".repeat(1000));
            }
            expect(watcher, "type=eviction key=key[0-9]+ fetch=no ttl=100 la=0 clsid=12 size=1000");
        }
    }

    @Test
    void conneventsSeeConnectionsComeAndGo() throws IOException {
        client.ask("version");
        try (var watcher = watch("connevents")) {
            node.connect().close();
            expect(watcher, "type=conn_new rip=127.0.0.1 rport=[0-9]+ transport=tcp cfd=[0-9]+",
                    "type=conn_close rip=127.0.0.1 rport=[0-9]+ transport=tcp reason=normal "
                            + "cfd=[0-9]+");
        }
    }

    @Test
    void rawcmdsSeeTheCommandLines() throws IOException {
        try (var watcher = watch("rawcmds")) {
            client.set("a", 10, "123");
            client.ask("get b");
            expect(watcher, "<ID set a 0 10 3", "<ID get b");
        }
    }

    @Test
    void severalStreamsComeTogetherInTheOrderOfTheirNumbers() throws IOException {
        try (var watcher = watch("fetchers mutations")) {
            for (int i = 0; i < 1000; i++) {
                client.set("a", 0, "1");
            }
            long last = 0;
            for (int i = 0; i < 2000; i++) {
                long number = Long.parseLong(watcher.line().split(" ")[1].substring(4));
                assertTrue(number > last);
                last = number;
            }
        }
    }

    @Test
    void aWatcherThatReadsTooSlowlyIsToldWhatItMissed() throws IOException {
        try (var watcher = watch("fetchers")) {
            while (client.stats("").get("log_watcher_skipped").equals("0")) {
                client.send("mg a\r\n".repeat(10_000));
                for (int i = 0; i < 10_000; i++) {
                    client.line();
                }
            }
            var skipped = client.stats("");
            client.send("mg last\r\n");
            client.line();
            var line = watcher.line();
            for (; !line.startsWith("skipped="); line = watcher.line()) {
                client.ask("mg again");
            }
            assertTrue(Long.parseLong(line.substring(8)) > 0);
            assertTrue(Long.parseLong(skipped.get("log_watcher_sent")) > 0);
        }
    }

    @Test
    void noMoreThanTwentyWatchAtATime() throws Exception {
        var watchers = new ArrayList<TextConnection>();
        for (int i = 0; i < MAX_WATCHERS; i++) {
            watchers.add(watch("fetchers"));
        }
        assertEquals("20", client.stats("").get("log_watchers"));
        assertEquals("WATCHER_TOO_MANY log watcher limit reached", client.ask("watch"));
        for (var watcher : watchers) {
            watcher.close();
        }
        Patience.until(() -> client.stats("").get("log_watchers").equals("0"),
                () -> "closed watchers are still counted");
        assertEquals("OK", client.ask("watch"));
    }

    @Test
    void isNotAllowedWhereItIsOff() throws IOException {
        try (var other = LiveNode.start(Map.of(Setting.DISABLE_WATCH, "yes"));
                var asking = other.connect()) {
            assertEquals("CLIENT_ERROR watch commands not allowed", asking.ask("watch"));
        }
    }

    private TextConnection watch(String streams) throws IOException {
        var watcher = node.connect();
        assertEquals("OK", watcher.ask(("watch " + streams).strip()));
        return watcher;
    }

    /** The next lines behind their stamps; ID stands for the client's number. */
    private void expect(TextConnection watcher, String... lines) throws IOException {
        for (var expected : List.of(lines)) {
            var line = watcher.line();
            assertTrue(line.matches(STAMP + expected.replace("ID", "[0-9]+")),
                    "expected " + expected + ", got " + line);
        }
    }
}
