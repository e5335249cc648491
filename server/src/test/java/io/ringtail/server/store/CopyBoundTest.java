package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.store.StoreConfig.Eviction;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However much is read, a write copies a bounded amount of what stays. */
final class CopyBoundTest {
    private static final int SETS = 60_000;
    private static final int READS_PER_SET = 20;
    /** Records are alike, so that counting them is counting bytes. */
    private static final int VALUE_BYTES = 100;
    private static final int MIN_RECORD_BYTES = 104;
    private static final int COPIES_PER_SET = 4;
    private static final int SAVED_SEGMENTS = 4;

    @ParameterizedTest
    @EnumSource(Eviction.class)
    void writesCopyNoMoreThanTheirShare(Eviction eviction) {
        var config = StoreConfig.defaults()
                .withLimit(4 << 20)
                .withConcurrency(1)
                .withEviction(eviction, true);
        try (var store = Store.open(config)) {
            int savedRecords = SAVED_SEGMENTS * (16 << 10) / MIN_RECORD_BYTES;
            var client = new StoreClient(store);
            var random = new Random(1);
            var value = new byte[VALUE_BYTES];
            long before = 0;
            for (int i = 0; i < SETS; i++) {
                client.set(key(i), value, 0, 0);
                long copies = copies(store);
                assertTrue(copies - before <= savedRecords + 1,
                        "set " + i + " copied " + (copies - before));
                before = copies;
                for (int read = 0; read < READS_PER_SET; read++) {
                    client.get(key(i - random.nextInt(Math.min(i + 1, 30_000))));
                }
            }
            // What was stored last is kept in any case.
            assertTrue(before <= (COPIES_PER_SET + 1L) * SETS + savedRecords, "copies " + before);
            assertTrue(before > SETS, "copies " + before);
        }
    }

    private static String key(int number) {
        return String.valueOf(1_000_000 + number);
    }

    private static long copies(Store store) {
        return store.statistics(1)
                .sum(each -> each.counters().movesToMain() + each.counters().movesWithinMain());
    }
}
