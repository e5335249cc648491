package io.ringtail.server.admin;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.server.store.ItemFields;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The formats in which a walk writes items. The dumps begin with {@code OK}, as memcached's
 * document always said and memcached does since 1.6.43; a 1.6.18 sends the items at once.
 */
final class Dumps {
    private Dumps() {}

    /**
     * {@code lru_crawler metadump}: {@code key= exp= la= cas= fetch= cls= size= flags=} an item,
     * keys URI-encoded, times as Unix time, exp -1 where there is none.
     */
    record Metadump(SizeClassSet classes, long startedAt) implements Walk.Lines {
        @Override
        public void start(LineBuffer to) {
            to.text("OK\r\n");
        }

        @Override
        public void item(ItemFields item, LineBuffer to) {
            if (!classes.contains(item.sizeClass())) {
                return;
            }
            to.text("key=").uriEncoded(item.keyAddress(), item.keyBytes()).text(" exp=");
            if (item.exptime() == 0) {
                to.text("-1");
            } else {
                to.number(startedAt + item.exptime());
            }
            to.text(" la=")
                    .number(startedAt + item.lastAccess())
                    .text(" cas=")
                    .number(item.cas())
                    .text(item.fetched() ? " fetch=yes cls=" : " fetch=no cls=")
                    .number(item.sizeClass())
                    .text(" size=")
                    .number(item.itemBytes())
                    .text(" flags=")
                    .number(Integer.toUnsignedLong(item.clientFlags()))
                    .text(" \n");
        }

        @Override
        public void end(LineBuffer to) {
            to.text("END\r\n");
        }
    }

    /** {@code lru_crawler mgdump}: the {@code mg} command that reads the item, one an item. */
    record Mgdump(SizeClassSet classes) implements Walk.Lines {
        @Override
        public void start(LineBuffer to) {
            to.text("OK\r\n");
        }

        @Override
        public void item(ItemFields item, LineBuffer to) {
            if (!classes.contains(item.sizeClass())) {
                return;
            }
            to.text("mg ");
            if (item.binaryKey()) {
                var key = Memory.bytes(item.keyAddress(), item.keyBytes());
                to.raw(Base64.getEncoder().encode(key)).text(" b\r\n");
            } else {
                to.raw(item.keyAddress(), item.keyBytes()).text("\r\n");
            }
        }

        @Override
        public void end(LineBuffer to) {
            to.text("EN\r\n");
        }
    }

    /**
     * {@code stats cachedump}: {@code ITEM key [n b; t s]} an item, at most some number of items
     * and 2 MiB. Owner: the walk.
     */
    static final class Cachedump implements Walk.Lines {
        private static final int MAX_BYTES = 2 << 20;
        private static final int END_BYTES = 6;

        private final int sizeClass;
        private final long limit;
        private final long startedAt;
        private long shown;
        private int written;
        private boolean full;

        /** {@code limit} 0: as many as fit. */
        Cachedump(int sizeClass, long limit, long startedAt) {
            this.sizeClass = sizeClass;
            this.limit = limit;
            this.startedAt = startedAt;
        }

        @Override
        public void item(ItemFields item, LineBuffer to) {
            if (item.sizeClass() != sizeClass || item.binaryKey()) {
                return;
            }
            int before = to.length();
            long exptime = item.exptime() == 0 ? 0 : startedAt + item.exptime();
            to.text("ITEM ")
                    .raw(item.keyAddress(), item.keyBytes())
                    .text(" [")
                    .number(item.valueBytes())
                    .text(" b; ")
                    .number(exptime)
                    .text(" s]\r\n");
            int line = to.length() - before;
            if (written + line + END_BYTES > MAX_BYTES) {
                to.truncate(before);
                full = true;
                return;
            }
            written += line;
            shown++;
        }

        @Override
        public boolean isEnough() {
            return full || limit != 0 && shown >= limit;
        }

        @Override
        public void end(LineBuffer to) {
            to.text("END\r\n");
        }
    }

    /**
     * {@code stats sizes}: how many items there are by size, in steps of 32 bytes. Owner: the walk.
     */
    static final class Sizes implements Walk.Lines {
        private static final int STEP_BYTES = 32;

        private final SortedMap<Integer, Long> counts = new TreeMap<>();

        @Override
        public void item(ItemFields item, LineBuffer to) {
            counts.merge((item.itemBytes() + STEP_BYTES - 1) / STEP_BYTES, 1L, Long::sum);
        }

        @Override
        public void end(LineBuffer to) {
            counts.forEach((steps, count) -> to.text("STAT ")
                    .number((long) steps * STEP_BYTES)
                    .text(" ")
                    .number(count)
                    .text("\r\n"));
            to.text("END\r\n");
        }
    }
}
