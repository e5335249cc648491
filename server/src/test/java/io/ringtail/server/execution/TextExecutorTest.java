package io.ringtail.server.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.server.store.StoreConfig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TextExecutorTest {
    private final TestNode node = new TestNode();
    private final TextConnection connection = new TextConnection(node);

    @AfterEach
    void close() {
        node.close();
    }

    private void expect(String commands, String replies) {
        assertEquals(replies, connection.send(commands));
    }

    private long cas(String key) {
        var reply = connection.send("mg " + key + " c\r\n");
        return Long.parseLong(reply.substring("HD c".length()).strip());
    }

    @Test
    void storesAndRetrieves() {
        expect("set k 5 0 3\r\nabc\r\n", "STORED\r\n");
        expect("get k\r\n", "VALUE k 5 3\r\nabc\r\nEND\r\n");
        expect("set e 4294967295 0 0\r\n\r\nget k missing e  k\r\n",
                "STORED\r\nVALUE k 5 3\r\nabc\r\nVALUE e 4294967295 0\r\n\r\n"
                        + "VALUE k 5 3\r\nabc\r\nEND\r\n");
        expect("gets k\r\n", "VALUE k 5 3 " + cas("k") + "\r\nabc\r\nEND\r\n");
        expect("get missing\r\n", "END\r\n");
    }

    @Test
    void storesOnConditions() {
        expect("add k 0 0 1\r\na\r\nadd k 0 0 1\r\nb\r\n", "STORED\r\nNOT_STORED\r\n");
        expect("replace k 0 0 1\r\nc\r\nreplace x 0 0 1\r\nc\r\n", "STORED\r\nNOT_STORED\r\n");
        expect("cas x 0 0 1 1\r\nc\r\ncas k 0 0 1 0\r\nc\r\n", "NOT_FOUND\r\nEXISTS\r\n");
        expect("cas k 0 0 1 " + cas("k") + "\r\nd\r\n", "STORED\r\n");
        expect("cas k 0 0 1 " + (cas("k") - 1) + "\r\ne\r\nget k\r\n",
                "EXISTS\r\nVALUE k 0 1\r\nd\r\nEND\r\n");
        assertEquals(2, node.loop.counters().classes.all(SizeClassCounters.CAS_BADVAL));
        assertEquals(1, node.loop.counters().classes.all(SizeClassCounters.CAS_HITS));
        assertEquals(1, node.loop.counters().casMisses);
        assertEquals(8, node.loop.counters().classes.all(SizeClassCounters.CMD_SET));
    }

    @Test
    void concatenatesAndKeepsFlagsAndExptime() {
        expect("append k 0 0 1\r\na\r\nprepend k 0 0 1\r\na\r\n", "NOT_STORED\r\nNOT_STORED\r\n");
        expect("set k 5 100 2\r\nbc\r\nappend k 9 0 1\r\nd\r\n"
                + "prepend k 9 0 1\r\na\r\nmg k v f t\r\n",
                "STORED\r\nSTORED\r\nSTORED\r\nVA 4 f5 t100\r\nabcd\r\n");
    }

    @Test
    void concatenatesLargeValues() {
        int limit = node.store.inlineLimit();
        var a = "a".repeat(limit - 1);
        var b = "b".repeat(2 * limit + 5);
        expect("set k 5 0 " + a.length() + "\r\n" + a + "\r\n", "STORED\r\n");
        expect("append k 0 0 2\r\nxy\r\n", "STORED\r\n");
        expect("append k 0 0 " + b.length() + "\r\n" + b + "\r\n", "STORED\r\n");
        expect("prepend k 0 0 " + b.length() + "\r\n" + b + "\r\n", "STORED\r\n");
        expect("prepend k 0 0 1\r\nz\r\n", "STORED\r\n");
        var all = "z" + b + a + "xy" + b;
        expect("get k\r\n", "VALUE k 5 " + all.length() + "\r\n" + all + "\r\nEND\r\n");
        expect("mg k v s\r\n", "VA " + all.length() + " s" + all.length() + "\r\n" + all + "\r\n");
        expect("gat 100 k\r\nmg k t\r\n",
                "VALUE k 5 " + all.length() + "\r\n" + all + "\r\nEND\r\nHD t100\r\n");
        expect("mg k T0 v\r\nmg k t\r\n", "VA " + all.length() + "\r\n" + all + "\r\nHD t-1\r\n");
        expect("ms n 1 MA\r\nx\r\n", "NS\r\n");
        expect("ms k 1 MA C1\r\nx\r\nms k 2 MA s C" + cas("k") + "\r\nxx\r\n",
                "EX\r\nHD s" + (all.length() + 2) + "\r\n");
    }

    @Test
    void refusesToConcatenateBeyondTheLargestItem() {
        var half = "h".repeat(600_000);
        expect("set k 0 0 600000\r\n" + half + "\r\nappend k 0 0 600000\r\n" + half + "\r\n",
                "STORED\r\nNOT_STORED\r\n");
    }

    @Test
    void countsUpAndDown() {
        expect("incr n 1\r\ndecr n 1\r\n", "NOT_FOUND\r\nNOT_FOUND\r\n");
        expect("set n 3 50 2\r\n10\r\nincr n 5\r\ndecr n 6\r\nget n\r\nmg n t\r\n",
                "STORED\r\n15\r\n9\r\nVALUE n 3 2\r\n9 \r\nEND\r\nHD t50\r\n");
        expect("decr n 100\r\nincr n 18446744073709551615\r\nincr n 2\r\nget n\r\n",
                "0\r\n18446744073709551615\r\n1\r\n"
                        + "VALUE n 3 20\r\n1                   \r\nEND\r\n");
        var counters = node.loop.counters();
        assertEquals(3, counters.classes.all(SizeClassCounters.INCR_HITS));
        assertEquals(2, counters.classes.all(SizeClassCounters.DECR_HITS));
        assertEquals(1, counters.incrMisses);
        assertEquals(1, counters.decrMisses);
    }

    @Test
    void countsOnlyNumbers() {
        var error = "CLIENT_ERROR cannot increment or decrement non-numeric value\r\n";
        for (var value : List.of("", "x", "1x", "-1", "18446744073709551616", " ", "+")) {
            connection.send("set n 0 0 " + value.length() + "\r\n" + value + "\r\n");
            expect("incr n 1\r\n", error);
        }
        for (var value : List.of("1", " 1", "+1", "1 x", "1\tx", "01")) {
            connection.send("set n 0 0 " + value.length() + "\r\n" + value + "\r\n");
            expect("incr n 1\r\n", "2\r\n");
        }
    }

    @Test
    void countsLargeValuesThatAreMostlySpaces() {
        int bytes = node.store.inlineLimit() + 7;
        connection.send("set n 4 0 " + bytes + "\r\n5" + " ".repeat(bytes - 1) + "\r\n");
        expect("incr n 7\r\nget n\r\n",
                "12\r\nVALUE n 4 " + bytes + "\r\n12" + " ".repeat(bytes - 2) + "\r\nEND\r\n");
        connection.send("set n 0 0 " + bytes + "\r\n" + "x".repeat(bytes) + "\r\n");
        expect("incr n 7\r\n", "CLIENT_ERROR cannot increment or decrement non-numeric value\r\n");
    }

    @Test
    void deletesAndTouches() {
        expect("delete k\r\ntouch k 5\r\n", "NOT_FOUND\r\nNOT_FOUND\r\n");
        expect("set k 0 0 1\r\na\r\ntouch k 5\r\nmg k t\r\ndelete k\r\nget k\r\n",
                "STORED\r\nTOUCHED\r\nHD t5\r\nDELETED\r\nEND\r\n");
        expect("set k 0 0 1\r\na\r\ntouch k -1\r\nget k\r\n", "STORED\r\nTOUCHED\r\nEND\r\n");
        var counters = node.loop.counters();
        assertEquals(3, counters.cmdTouch);
        assertEquals(2, counters.classes.all(SizeClassCounters.TOUCH_HITS));
        assertEquals(1, counters.touchMisses);
        assertEquals(1, counters.classes.all(SizeClassCounters.DELETE_HITS));
        assertEquals(1, counters.deleteMisses);
        assertEquals(1, counters.getExpired);
    }

    @Test
    void getsAndTouches() {
        expect("set k 1 0 1\r\na\r\ngat 9 k x\r\nmg k t\r\n",
                "STORED\r\nVALUE k 1 1\r\na\r\nEND\r\nHD t9\r\n");
        expect("gats 0 k\r\nmg k t\r\n", "VALUE k 1 1 " + cas("k") + "\r\na\r\nEND\r\nHD t-1\r\n");
        expect("gat -1 k\r\nget k\r\n", "VALUE k 1 1\r\na\r\nEND\r\nEND\r\n");
        expect("gat 5\r\n", "END\r\n");
    }

    @Test
    void itemsExpireOnTheSecond() {
        connection.send("set k 0 2 1\r\na\r\n");
        node.pass(1);
        expect("get k\r\n", "VALUE k 0 1\r\na\r\nEND\r\n");
        node.pass(1);
        expect("get k\r\n", "END\r\n");
        expect("set k 0 -1 1\r\na\r\nget k\r\n", "STORED\r\nEND\r\n");
        expect("set k 0 2592001 1\r\na\r\nget k\r\n", "STORED\r\nEND\r\n");
        long at = node.time.millis() / 1000 + 10;
        expect("set k 0 " + at + " 1\r\na\r\nmg k t\r\n", "STORED\r\nHD t10\r\n");
    }

    @Test
    void noreplyIsSilent() {
        expect("set k 0 0 1 noreply\r\n1\r\nadd k 0 0 1 noreply\r\n1\r\nincr k 1 noreply\r\n"
                + "touch k 0 noreply\r\ndelete x noreply\r\nset k x 0 1 noreply\r\n", "");
        expect("get k\r\ndelete k noreply\r\nget k\r\n", "VALUE k 0 1\r\n2\r\nEND\r\nEND\r\n");
        expect("set k 0 0 1 noreply\r\nabc\r\nget k\r\n", "ERROR\r\nEND\r\n");
        expect("set k 0 0 2000000 noreply\r\n" + "x".repeat(2_000_000) + "\r\n", "");
    }

    @Test
    void reportsBadData() {
        expect("set k 0 0 1\r\nabc\r\n", "CLIENT_ERROR bad data chunk\r\nERROR\r\n");
        expect("ms k 1 q\r\nabc\r\n", "CLIENT_ERROR bad data chunk\r\nERROR\r\n");
    }

    @Test
    void tooLargeValuesDropWhatTheyWouldReplace() {
        int largest = (1 << 20) - 48 - 8 - 1 - 3;
        var value = "x".repeat(largest);
        expect("set k 0 0 " + largest + "\r\n" + value + "\r\n", "STORED\r\n");
        expect("add k 0 0 " + (largest + 1) + "\r\n" + value + "x\r\nmg k s\r\n",
                "SERVER_ERROR object too large for cache\r\nHD s" + largest + "\r\n");
        expect("set k 1 0 " + largest + "\r\n" + value + "\r\nget k\r\n",
                "SERVER_ERROR object too large for cache\r\nEND\r\n");
        assertEquals(2, node.loop.counters().storeTooLarge);
    }

    @Test
    void answersOutOfMemoryWhereNothingIsEvicted() {
        var config = StoreConfig.defaults()
                .withLimit(4L << 20)
                .withEviction(StoreConfig.Eviction.S3FIFO, false);
        try (var full = new TestNode(config)) {
            var filling = new TextConnection(full);
            var value = "v".repeat(4000);
            String reply;
            int stored = 0;
            do {
                reply = filling.send("set key" + stored + " 0 0 4000\r\n" + value + "\r\n");
                stored++;
            } while (reply.equals("STORED\r\n") && stored < 2000);
            assertEquals("SERVER_ERROR out of memory storing object\r\n", reply);
            assertEquals("SERVER_ERROR out of memory storing object\r\nEN\r\n",
                    filling.send("ms key1 4000\r\n" + value + "\r\nmg key1\r\n"));
            assertTrue(full.loop.counters().storeNoMemory >= 2);
        }
    }

    @Test
    void refusesGetsWithALongKey() {
        var longKey = "k".repeat(251);
        var error = "CLIENT_ERROR bad command line format\r\n";
        connection.send("set k 0 0 1\r\na\r\n");
        expect("get " + longKey + "\r\n", error);
        expect("get k " + longKey + " k\r\n", error);
        expect("gat 0 k " + longKey + "\r\n", error);
        expect("get " + "k".repeat(250) + "\r\n", "END\r\n");
    }

    @Test
    void takesGetsOfManyKeysInParts() {
        connection.send("set k 0 0 1\r\na\r\n");
        var commands = new StringBuilder("get");
        var replies = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            commands.append(i % 1000 == 0 ? " k" : " m" + i);
            replies.append(i % 1000 == 0 ? "VALUE k 0 1\r\na\r\n" : "");
        }
        expect(commands + "\r\n", replies + "END\r\n");
    }

    @Test
    void countsRetrievals() {
        connection.send("set k 0 1 1\r\na\r\nget k x k\r\n");
        node.pass(1);
        connection.send("get k\r\n");
        node.store.flush(node.loop.now(), node.loop.now());
        var counters = node.loop.counters();
        assertEquals(4, counters.cmdGet());
        assertEquals(2, counters.classes.all(SizeClassCounters.GET_HITS));
        assertEquals(2, counters.getMisses);
        assertEquals(1, counters.getExpired);
    }

    @Test
    void publishesToWatchers() {
        connection.send("set a%b 0 0 1\r\na\r\n");
        node.streams = Watchers.FETCHERS | Watchers.MUTATIONS | Watchers.DELETIONS;
        connection.send("get a%b x\r\nset a%b 0 9 2\r\nbb\r\ndelete a%b\r\n");
        assertEquals(List.of("type=item_get key=a%25b status=found clsid=1 cfd=7 size=1",
                "type=item_get key=x status=not_found clsid=0 cfd=7 size=0",
                "type=item_get key=a%25b status=found clsid=1 cfd=7 size=1",
                "type=item_store key=a%25b status=stored cmd=set ttl=9 clsid=1 cfd=7 size=2",
                "type=item_get key=a%25b status=found clsid=1 cfd=7 size=2",
                "type=deleted key=a%25b cmd=delete clsid=1 size=2"), node.watched);
    }

    @Test
    void countsPrefixesWhereAsked() {
        node.countsPrefixes = true;
        connection.send("set a:b 0 0 1\r\na\r\nget a:b a:c\r\ndelete a:b\r\nmg a:b\r\n");
        assertEquals(List.of("set", "get true", "get false", "delete"), node.prefixes);
    }

    @Test
    void leavesKeylessCommandsToTheAdministration() {
        expect("version\r\nflush_all 5\r\nmn\r\n", "VERSION\r\nFLUSH_ALL\r\nMN\r\n");
        connection.send("quit\r\n");
        assertTrue(connection.client.closing);
    }
}
