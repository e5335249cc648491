package io.ringtail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.metrics.counters.LoopCounters;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.ValueStream;
import io.ringtail.server.execution.ReplySlot;
import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplyQueueTest {
    private final RecordingTransport transport = new RecordingTransport();
    private int completions;
    private final ReplyMemory memory = new ReplyMemory(new LoopCounters(), 1 << 20);
    private final ReplyQueue replies = new ReplyQueue(transport, memory, () -> completions++);

    @Test
    void sendsDirectRepliesOnFlush() {
        replies.output().text("a");
        replies.output().text("b");
        assertEquals("", transport.takeSent());
        replies.flush();
        assertEquals("ab", transport.takeSent());
    }

    @Test
    void holdsLaterRepliesUntilTheSlotCompletes() {
        replies.output().text("1");
        var slot = replies.suspend();
        replies.output().text("3");
        replies.flush();
        assertEquals("1", transport.takeSent());
        assertTrue(replies.held().bytes() > 0);
        slot.output().text("2");
        slot.complete();
        replies.flush();
        assertEquals("23", transport.takeSent());
        assertEquals(1, completions);
        assertEquals(0, replies.held().bytes());
        assertFalse(replies.isWaiting());
        replies.output().text("4");
        replies.flush();
        assertEquals("4", transport.takeSent());
    }

    @Test
    void smallPartsLeaveTogetherAndLargeOnesByThemselves() {
        var large = "x".repeat(GatheringTransport.MAX_PART_BYTES + 1);
        var expected = new StringBuilder();
        var slots = new java.util.ArrayList<ReplySlot>();
        for (int i = 0; i < 100; i++) {
            slots.add(replies.suspend());
            replies.output().text("END");
        }
        for (int i = 0; i < 100; i++) {
            var text = i == 50 ? large : "value " + i + " ";
            slots.get(i).output().text(text);
            slots.get(i).complete();
            expected.append(text).append("END");
        }
        int before = transport.writes;
        transport.alwaysWritable = true;
        replies.flush();
        assertEquals(expected.toString(), transport.takeSent());
        assertEquals(before + 3, transport.writes);
        assertFalse(replies.isWaiting());
    }

    @Test
    void keepsOrderWhenSlotsCompleteInAnyOrder() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var expected = new StringBuilder();
            var slots = new java.util.ArrayList<Runnable>();
            for (int i = 0; i < 20; i++) {
                var text = "<" + round + "." + i + ">";
                expected.append(text);
                if (random.nextBoolean()) {
                    var slot = replies.suspend();
                    slots.add(() -> {
                        slot.output().text(text);
                        slot.complete();
                    });
                } else {
                    replies.output().text(text);
                }
            }
            java.util.Collections.shuffle(slots, random);
            for (var slot : slots) {
                slot.run();
                replies.flush();
            }
            replies.flush();
            assertEquals(expected.toString(), transport.takeSent(), "round=" + round);
        }
    }

    @Test
    void streamsAsFastAsTheClientTakes() {
        int total = 1 << 20;
        var value = new Pattern(total);
        transport.clientReads = false;
        replies.output().text("[");
        replies.output().stream(value);
        replies.output().text("]");
        replies.flush();
        assertTrue(value.remaining() > 0, "nothing is buffered for a client that does not read");
        transport.clientReads = true;
        transport.flush();
        replies.flush();
        var sent = transport.takeSent();
        assertEquals(total + 2, sent.length());
        assertEquals('[', sent.charAt(0));
        assertEquals(']', sent.charAt(total + 1));
        assertEquals((char) ('a' + 1000 % 26), sent.charAt(1001));
        assertEquals(1, value.closes);
    }

    @Test
    void keepsAValuePinnedUntilItsLastByteHasLeft() {
        var value = new Pattern(30_000);
        replies.output().text("[");
        replies.output().stream(value);
        replies.output().text("]");
        assertEquals(0, value.remaining());
        assertEquals(0, value.closes, "the transport still sends from it");
        replies.flush();
        assertEquals(1, value.closes);
        var sent = transport.takeSent();
        assertEquals(30_002, sent.length());
        assertEquals("[ab", sent.substring(0, 3));
        assertTrue(sent.endsWith("]"));
    }

    @Test
    void countsWhatSlowClientsKeepPinned() {
        transport.clientReads = false;
        replies.output().stream(new Pattern(10_000));
        assertFalse(memory.isScarce());
        var other = new ReplyQueue(transport, memory, () -> completions++);
        transport.alwaysWritable = true;
        other.output().stream(new Pattern(2 << 20));
        assertTrue(memory.isScarce());
        transport.clientReads = true;
        transport.flush();
        assertFalse(memory.isScarce());
    }

    @Test
    void releasesEverythingWhenTheConnectionIsGone() {
        var value = new Pattern(1 << 20);
        var slot = replies.suspend();
        replies.output().text("x".repeat(100_000));
        replies.output().stream(value);
        replies.close();
        assertEquals(0, replies.held().bytes());
        assertEquals(1, value.closes);
        slot.output().text("late");
        slot.complete();
        assertEquals(0, replies.held().bytes());
    }

    @Test
    void sendsRepliesLongerThanAChunk() {
        var text = "0123456789".repeat(50_000);
        replies.output().text(text);
        replies.flush();
        assertEquals(text, transport.takeSent());
    }

    private static final class Pattern implements ValueStream {
        private final long address;
        private final int bytes;
        private int at;
        int closes;

        Pattern(int bytes) {
            this.bytes = bytes;
            this.address = Arena.global().allocate(bytes).address();
            for (int i = 0; i < bytes; i++) {
                Memory.putByte(address + i, (byte) ('a' + i % 26));
            }
        }

        @Override
        public long remaining() {
            return (long) bytes - at;
        }

        @Override
        public long partAddress() {
            return address + at;
        }

        @Override
        public int partBytes() {
            return Math.min(10_000, bytes - at);
        }

        @Override
        public void advance(int passed) {
            at += passed;
        }

        @Override
        public void close() {
            closes++;
        }
    }
}
