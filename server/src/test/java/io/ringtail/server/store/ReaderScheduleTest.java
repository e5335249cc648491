package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.memory.Memory;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A reader that is stopped after each of its looks at what writers change, while a writer does
 * something or nothing: all schedules of the first few stops, one after the other, in one thread.
 */
final class ReaderScheduleTest {
    private static final int KEYS = 400;
    private static final int KEY_BYTES = 8;
    private static final int STOPS = 7;

    private final Store store =
            Store.open(StoreConfig.defaults().withLimit(4 << 20).withConcurrency(1));
    private final Shard shard = store.core().shard(0);
    private final long key = Arena.global().allocate(8, 8).address();
    private final long writersKey = Arena.global().allocate(8, 8).address();
    private final Mutation mutation = store.mutation();
    private int turn;

    /** Does one of two things at each stop, as the bits of a schedule say. */
    private static final class StoppedView extends ItemView {
        private final Runnable whenSet;
        private int schedule;

        StoppedView(Store store, Runnable whenSet) {
            super(store.core());
            this.whenSet = whenSet;
        }

        private void stop() {
            if ((schedule & 1) != 0) {
                whenSet.run();
            }
            schedule >>>= 1;
        }

        @Override
        int lines(IndexLines index) {
            int lines = super.lines(index);
            stop();
            return lines;
        }

        @Override
        long header(long line) {
            long header = super.header(line);
            stop();
            return header;
        }

        @Override
        public boolean isConsistent() {
            boolean consistent = super.isConsistent();
            stop();
            return consistent;
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static void number(long address, int number) {
        Memory.putLong(address, number * 0x9E3779B97F4A7C15L);
    }

    private void set(int number) {
        number(writersKey, number);
        mutation.begin(store.hash(writersKey, KEY_BYTES), writersKey, KEY_BYTES, 1);
        long value = mutation.allocate(8, 0, 0);
        Memory.putInt(value, number);
        Memory.putInt(value + 4, turn);
        mutation.commit(0);
        mutation.end();
    }

    /** Keys of the line that is split next, or of the one that comes of it. */
    private List<Integer> keysOfLineZero() {
        var found = new ArrayList<Integer>();
        for (int number = 0; number < KEYS; number++) {
            set(number);
            if (lineWithOneMore(number) % IndexLines.INITIAL_LINES == 0) {
                found.add(number);
            }
        }
        assertEquals(IndexLines.INITIAL_LINES, shard.index().lines());
        return found;
    }

    private int lineWithOneMore(int number) {
        number(key, number);
        return IndexLines.lineOf(store.hash(key, KEY_BYTES), IndexLines.INITIAL_LINES + 1);
    }

    private void splitOrMerge() {
        shard.lock();
        assertTrue(shard.index().lines() == IndexLines.INITIAL_LINES ? shard.growth().split()
                : shard.growth().merge());
        shard.unlock();
    }

    private boolean find(StoppedView view, int number, int schedule) {
        number(key, number);
        view.schedule = schedule;
        return view.find(store.hash(key, KEY_BYTES), key, KEY_BYTES, 1);
    }

    @Test
    void aKeyIsFoundHoweverItsLineSplitsAndMerges() {
        var view = new StoppedView(store, this::splitOrMerge);
        var keys = keysOfLineZero();
        assertTrue(keys.stream().anyMatch(number -> lineWithOneMore(number) != 0), "none moves");
        for (int number : keys) {
            for (int schedule = 0; schedule < 1 << STOPS; schedule++) {
                for (int start = 0; start < 2; start++) {
                    splitOrMerge();
                    assertTrue(find(view, number, schedule),
                            "missed number=" + number + " schedule=" + schedule);
                }
            }
        }
        for (int schedule = 0; schedule < 1 << STOPS; schedule++) {
            assertFalse(find(view, KEYS + schedule, schedule));
        }
        StoreAudit.check(store, 0);
    }

    @Test
    void aValueIsReadWholeHoweverOftenItIsReplaced() {
        var keys = keysOfLineZero();
        int number = keys.getFirst();
        var view = new StoppedView(store, () -> {
            turn++;
            set(number);
            set(keys.getLast());
        });
        for (int schedule = 0; schedule < 1 << STOPS; schedule++) {
            int before = turn;
            assertTrue(find(view, number, schedule));
            long value = Memory.getLong(view.inlineAddress());
            long bytes = view.valueBytes();
            while (!view.isConsistent()) {
                assertTrue(find(view, number, view.schedule));
                value = Memory.getLong(view.inlineAddress());
                bytes = view.valueBytes();
            }
            assertEquals(8, bytes);
            assertEquals(number, (int) value);
            int seen = (int) (value >>> 32);
            assertTrue(before <= seen && seen <= turn, "seen=" + seen + " of=" + turn);
        }
        StoreAudit.check(store, 0);
    }
}
