package io.ringtail.loadgen.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.ringtail.loadgen.stats.Interval.Results;
import io.ringtail.loadgen.stats.LoopTally;
import io.ringtail.loadgen.stats.Measure;
import io.ringtail.loadgen.workload.Operation;
import io.ringtail.loadgen.workload.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplyReaderTest {
    private static final String KEY_1 = "1............";
    private static final String KEY_2 = "2............";
    private static final String VALUE_1 = KEY_1 + "|xxxxxx";
    private static final String VALUE_2 = KEY_2 + "|xxxxxx";

    private final LoopTally tally = new LoopTally();
    private final ReplyReader reader = new ReplyReader(tally);
    private final CommandWriter writer = new CommandWriter(false);
    private final List<String> heard = new ArrayList<>();
    private final Exchange exchange = new Exchange(new ExchangeListener() {
        @Override
        public void missed(long key, int keyBytes, int valueBytes, int ttlSeconds) {
            heard.add("missed " + key);
        }

        @Override
        public void refused(String line) {
            heard.add(line);
        }

        @Override
        public void answered(Exchange answered) {
            throw new AssertionError("connections say that");
        }

        @Override
        public void failed(Exchange failed) {
            throw new AssertionError("connections say that");
        }
    });

    @Test
    void writesCommandsAsTheirGrammarSays() {
        ask(writer, Operation.READ, 1);
        ask(writer, Operation.WRITE, 2);
        ask(writer, Operation.DELETE, 1);
        ask(writer, Operation.TOUCH, 1);
        ask(writer, Operation.INCREMENT, 1);
        ask(writer, Operation.LEASED_READ, 1);
        assertEquals("get " + KEY_1 + "\r\nset " + KEY_2 + " 0 30 20\r\n" + VALUE_2 + "\r\ndelete "
                + KEY_1 + "\r\ntouch " + KEY_1 + " 30\r\nma " + KEY_1 + " N30 J1 v\r\nmg " + KEY_1
                + " v N30\r\n", sent());
    }

    @Test
    void writesMetaCommands() {
        var meta = new CommandWriter(true);
        ask(meta, Operation.READ, 1);
        ask(meta, Operation.WRITE, 2);
        assertEquals("mg " + KEY_1 + " v\r\nms " + KEY_2 + " 20 T30\r\n" + VALUE_2 + "\r\n",
                sent());
    }

    @Test
    void takesRepliesWhereverTheyAreSplit() throws Exception {
        var replies =
                "VALUE " + KEY_1 + " 0 20\r\n" + VALUE_1 + "\r\nEND\r\nSTORED\r\nNOT_FOUND\r\n"
                        + "TOUCHED\r\nVA 2\r\n17\r\nVA 20 W\r\n" + VALUE_1 + "\r\n";
        for (int split = 1; split < replies.length(); split++) {
            askEverything();
            var begun = take(replies.substring(0, split));
            assertFalse(exchange.isAnswered(), "split=" + split);
            assertEquals("", take(begun + replies.substring(split)));
            assertTrue(exchange.isAnswered());
        }
        var results = results();
        assertEquals(replies.length() - 1, results.hits());
        assertEquals(replies.length() - 1, results.refused());
        assertEquals(replies.length() - 1, results.wins());
        assertEquals(2L * (replies.length() - 1), results.done(Measure.GET));
    }

    private void askEverything() {
        exchange.clear(0);
        ask(writer, Operation.READ, 1);
        ask(writer, Operation.WRITE, 2);
        ask(writer, Operation.DELETE, 1);
        ask(writer, Operation.TOUCH, 1);
        ask(writer, Operation.INCREMENT, 1);
        ask(writer, Operation.LEASED_READ, 1);
    }

    @Test
    void keysOfAMultiGetThatAreNotAnsweredAreMisses() throws Exception {
        int first = -1;
        for (long key = 1; key <= 4; key++) {
            first = writer.readAlso(exchange, step(Operation.READ, key), first);
        }
        writer.endRead(exchange, first);
        assertEquals("get " + KEY_1 + " " + KEY_2 + " 3............ 4............\r\n", sent());
        take("VALUE " + KEY_2 + " 0 20\r\n" + VALUE_2 + "\r\nEND\r\n");
        assertTrue(exchange.isAnswered());
        assertEquals(List.of("missed 1", "missed 3", "missed 4"), heard);
        assertEquals(4, results().done(Measure.GET));
    }

    @Test
    void errorLinesAreFailuresAndNoReasonToStop() throws Exception {
        ask(writer, Operation.WRITE, 1);
        ask(writer, Operation.READ, 1);
        take("SERVER_ERROR out of memory storing object\r\nEND\r\n");
        assertTrue(exchange.isAnswered());
        assertEquals(List.of("SERVER_ERROR out of memory storing object", "missed 1"), heard);
        assertEquals(1, results().failures());
    }

    @Test
    void catchesRepliesThatBelongToOtherQuestions() {
        assertWrong(Operation.READ, "VALUE " + KEY_2 + " 0 20\r\n" + VALUE_2 + "\r\nEND\r\n");
        assertWrong(Operation.READ, "VALUE " + KEY_1 + " 0 20\r\n" + VALUE_2 + "\r\nEND\r\n");
        assertWrong(Operation.READ, "VALUE " + KEY_1 + " 0 19\r\n" + VALUE_1 + "\r\nEND\r\n");
        assertWrong(Operation.READ, "STORED\r\n");
        assertWrong(Operation.READ, "VALUE " + KEY_1 + " 0 many\r\n");
        assertWrong(Operation.WRITE, "END\r\n");
        assertWrong(Operation.DELETE, "STORED\r\n");
        assertWrong(Operation.INCREMENT, "VA 2\r\nx7\r\n");
        assertWrong(Operation.LEASED_READ, "VA 20\r\n" + VALUE_2 + "\r\n");
        assertWrong(Operation.TOUCH, "\r\n");
        assertWrong(Operation.TOUCH, "?".repeat(9000));
    }

    private void assertWrong(Operation operation, String reply) {
        exchange.clear(0);
        ask(writer, operation, 1);
        assertThrows(WrongReplyException.class, () -> take(reply), reply);
    }

    private void ask(CommandWriter with, Operation operation, long key) {
        with.write(exchange, step(operation, key));
    }

    private static Step step(Operation operation, long key) {
        var step = new Step();
        step.set(operation, key, KEY_1.length());
        step.setValue(VALUE_1.length(), 30);
        return step;
    }

    private String sent() {
        var bytes = exchange.bytes();
        try {
            return bytes.toString(StandardCharsets.US_ASCII);
        } finally {
            bytes.release();
        }
    }

    /** Returns what was not taken. */
    private String take(String text) throws WrongReplyException {
        var bytes = Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        try {
            long taken = reader.read(exchange, bytes.memoryAddress(),
                    bytes.memoryAddress() + bytes.readableBytes(), 1_000);
            return text.substring((int) taken);
        } finally {
            bytes.release();
        }
    }

    private Results results() {
        return tally.take().results();
    }
}
