package io.ringtail.server.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ringtail.metrics.counters.SizeClassCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetaExecutorTest {
    private final TestNode node = new TestNode();
    private final TextConnection connection = new TextConnection(node);

    @AfterEach
    void close() {
        node.close();
    }

    private void expect(String commands, String replies) {
        assertEquals(replies, connection.send(commands));
    }

    /** Without a win or a bump. */
    private long cas(String key) {
        var reply = connection.send("me " + key + "\r\n");
        return Long.parseLong(reply.replaceFirst("(?s).* cas=(\\d+) .*", "$1"));
    }

    @Test
    void returnsFlagsInTheirOrder() {
        connection.send("ms k 3 F5 T100\r\nabc\r\n");
        node.pass(3);
        expect("mg k s v t f h l k Oxyz q\r\n", "VA 3 s3 t97 f5 h0 l3 kk Oxyz\r\nabc\r\n");
        expect("mg k h u\r\n", "HD h1\r\n");
        expect("mg k\r\nmg k q\r\nmg k Px Ly\r\n", "HD\r\nHD\r\nHD\r\n");
        expect("ms u 1\r\na\r\nmg u u\r\nmg u h\r\nmg u h\r\n", "HD\r\nHD\r\nHD h0\r\nHD h1\r\n");
    }

    @Test
    void missesEchoKeyAndOpaque() {
        expect("mg x\r\nmg x v k Oo q\r\nmg x v k Oo\r\n", "EN\r\nEN kx Oo\r\n");
        expect("mg Zm9v b k\r\n", "EN kZm9v b\r\n");
    }

    @Test
    void leavesOutAValueThatTheClientHolds() {
        connection.send("ms k 3\r\nabc\r\n");
        expect("mg k v s C" + cas("k") + "\r\n", "HD s3\r\n");
        expect("mg k v s C1234567\r\n", "VA 3 s3\r\nabc\r\n");
        expect("mg k v T60 C" + cas("k") + "\r\nmg k t\r\n", "HD\r\nHD t60\r\n");
    }

    @Test
    void touches() {
        connection.send("ms k 1 T10\r\na\r\n");
        expect("mg k t T50\r\nmg k T0 t\r\nmg k t\r\n", "HD t10\r\nHD t-1\r\nHD t-1\r\n");
        expect("mg k T-1 v\r\nmg k\r\nmg k T5\r\n", "VA 1\r\na\r\nEN\r\nEN\r\n");
        assertEquals(3, node.loop.counters().classes.all(SizeClassCounters.TOUCH_HITS));
        assertEquals(3, node.loop.counters().cmdTouch);
        assertEquals(2, node.loop.counters().getMisses);
    }

    @Test
    void vivifies() {
        expect("mg k N30 t s v\r\n", "VA 0 t30 s0 W\r\n\r\n");
        expect("mg k N30 t\r\nmg k t\r\n", "HD t30 Z\r\nHD t30 Z\r\n");
        expect("ms k 1\r\na\r\nmg k v\r\n", "HD\r\nVA 1\r\na\r\n");
        expect("mg e N0 E77 c\r\nmg e c\r\n", "HD c77 W\r\nHD c77 Z\r\n");
        expect("mg o T60 N30 t\r\nmg o t\r\n", "HD t30 W\r\nHD t30 Z\r\n");
        expect("mg p N30 T60 t\r\nmg p t\r\n", "HD t60 W\r\nHD t60 Z\r\n");
        expect("mg z N-1 v\r\nmg z\r\n", "VA 0 W\r\n\r\nEN\r\n");
    }

    @Test
    void oneClientWinsTheRecache() {
        connection.send("ms k 1 T30\r\na\r\n");
        expect("mg k R20 v\r\nmg k R60 v\r\nmg k R60 v\r\nmg k\r\n",
                "VA 1\r\na\r\nVA 1 W\r\na\r\nVA 1 Z\r\na\r\nHD Z\r\n");
        connection.send("ms f 1\r\na\r\n");
        expect("mg f R60\r\n", "HD\r\n");
    }

    @Test
    void staleItemsGiveOneWin() {
        connection.send("ms k 1\r\na\r\n");
        long cas = cas("k");
        expect("md k I T30\r\n", "HD\r\n");
        assertNotEquals(cas, cas("k"));
        connection.send("md k I\r\n");
        expect("mg k v t\r\nmg k v\r\n", "VA 1 t30 X W\r\na\r\nVA 1 Z X\r\na\r\n");
        expect("ms k 1 C" + cas + " I\r\nb\r\nmg k v t\r\n", "HD\r\nVA 1 t30 Z X\r\nb\r\n");
        expect("ms k 1 C9999999 I\r\nc\r\n", "EX\r\n");
        expect("ms k 1\r\nd\r\nmg k v\r\n", "HD\r\nVA 1\r\nd\r\n");
    }

    @Test
    void setModes() {
        expect("ms k 1 MR\r\na\r\nms k 1 ME\r\na\r\nms k 1 ME\r\nb\r\nms k 1 ME q\r\nb\r\n",
                "NS\r\nHD\r\nNS\r\nNS\r\n");
        expect("ms k 1 MA\r\nb\r\nms k 1 MP\r\nc\r\nms k 1 MR q\r\nd\r\nms k 1 MS q\r\nd\r\n",
                "HD\r\nHD\r\n");
        expect("ms x 1 MA\r\nb\r\nms x 1 MA N30\r\nb\r\nms x 2 MA N99 s\r\ncd\r\nmg x v t\r\n",
                "NS\r\nHD\r\nHD s3\r\nVA 3 t30\r\nbcd\r\n");
        expect("ms y 1 MP N30\r\nb\r\nmg y v t\r\n", "HD\r\nVA 1 t30\r\nb\r\n");
    }

    @Test
    void setComparesAndReturns() {
        expect("ms k 1 C5 c\r\na\r\n", "NF c0\r\n");
        connection.send("ms k 1\r\na\r\n");
        long cas = cas("k");
        expect("ms k 1 C" + (cas + 1) + " k Oq\r\nb\r\n", "EX kk Oq\r\n");
        var reply = connection.send("ms k 1 C" + cas + " c k Oq\r\nb\r\n");
        assertEquals("HD c" + cas("k") + " kk Oq\r\n", reply);
        expect("ms k 1 C0\r\nb\r\nms k 1 C0 MA\r\nb\r\n", "EX\r\nHD\r\n");
    }

    @Test
    void explicitCas() {
        expect("ms k 1 E100 c\r\na\r\nms k 1 E50 C100 c\r\nb\r\n", "HD c100\r\nHD c50\r\n");
        expect("md k I E70\r\nmg k c u\r\n", "HD\r\nHD c70 X W\r\n");
        expect("ma n N0 E7 c\r\nma n E9 c v\r\n", "HD c7\r\nVA 1 c9\r\n1\r\n");
        expect("ms k 1 MA E11 c\r\nx\r\n", "HD c11\r\n");
    }

    @Test
    void binaryKeysComeBackInBase64() {
        expect("ms Zm9v 3 b k\r\nbar\r\nget foo\r\nmg foo k\r\nmg Zm9v b k v\r\n",
                "HD kZm9v b\r\nVALUE foo 0 3\r\nbar\r\nEND\r\nHD kZm9v b\r\n"
                        + "VA 3 kZm9v b\r\nbar\r\n");
        expect("md Zm9v b k\r\nmd Zm9v b k\r\n", "HD kZm9v b\r\nNF kZm9v b\r\n");
    }

    @Test
    void deletes() {
        expect("md k\r\nmd k q k Oa\r\n", "NF\r\nNF kk Oa\r\n");
        connection.send("ms k 1\r\na\r\n");
        expect("md k C1234567\r\nmd k q\r\nmg k\r\n", "EX\r\nEN\r\n");
        connection.send("ms k 3 F5\r\nabc\r\n");
        long cas = cas("k");
        expect("md k x T60\r\nmg k v f t c\r\n", "HD\r\nVA 0 f0 t60 c" + cas + "\r\n\r\n");
        connection.send("ms k 3\r\nabc\r\n");
        expect("md k x I\r\nmg k v\r\n", "HD\r\nVA 0 X W\r\n\r\n");
    }

    @Test
    void counts() {
        expect("ma n\r\nma n q k\r\n", "NF\r\nNF kn\r\n");
        expect("ma n N30 J5 v t\r\nma n v\r\nma n D10\r\nma n MD D2 v\r\nma n M- D99 v\r\n",
                "VA 1 t30\r\n5\r\nVA 1\r\n6\r\nHD\r\nVA 2\r\n14\r\nVA 1\r\n0\r\n");
        expect("get n\r\nma n T90 t q\r\nma n t k Ox\r\n",
                "VALUE n 0 2\r\n0 \r\nEND\r\nHD t90 kn Ox\r\n");
        expect("ma n C99999\r\n", "EX\r\n");
        expect("ms s 1\r\nx\r\nma s\r\n",
                "HD\r\nCLIENT_ERROR cannot increment or decrement non-numeric value\r\n");
    }

    @Test
    void debugs() {
        connection.send("ms k 3 T100\r\nabc\r\n");
        node.pass(2);
        long cas = cas("k");
        expect("me k\r\nme x\r\n",
                "ME k exp=-98 la=2 cas=" + cas + " fetch=no cls=1 size=63\r\nEN\r\n");
        assertEquals(3, node.loop.counters().cmdMeta);
    }
}
