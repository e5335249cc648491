package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * How an item lies in a log, at a multiple of a unit of four bytes (more beyond 256 GiB). What is
 * absent takes no room.
 *
 * <pre>
 *    31                16 15       8 7         0
 *    | inline value bytes | state    | key bytes |   word 0
 *    | version              16   members of a cluster                           |
 *    | CAS unique            4   as {@link CasUniques} has it; none with -C     |
 *    |                       8   WIDE_CAS: all of it                            |
 *    | chain                 8   CHAINED: first block 32 | blocks 32            |
 *    | exptime               4   EXPTIME                                        |
 *    | client flags          4   FLAGS                                          |
 *    | last access           2   as {@link AccessTime} has it                   |
 *    | key | inline value (of a chained item: what follows its blocks)          |
 * </pre>
 *
 * A value with ATTRIBUTE begins with a byte that counts the attribute's, and the attribute.
 *
 * Each field that is changed in place lies at a multiple of its length, so that readers see it
 * whole; WIDE_CAS is never changed. Key bytes 0 is a dead record or a hole: word 0 then has its
 * length in bytes, and LISTED where it is on a free list, whose links follow. Immutable.
 */
final class RecordLayout {
    static final int EXPTIME = 1 << 8;
    static final int FLAGS = 1 << 9;
    static final int CHAINED = 1 << 10;
    static final int STALE = 1 << 11;
    static final int WIN_SENT = 1 << 12;
    static final int BINARY_KEY = 1 << 13;
    static final int WIDE_CAS = 1 << 14;
    static final int ATTRIBUTE = 1 << 15;
    static final int LISTED = 1 << 8;
    static final int MAX_KEY_BYTES = 255;
    static final int MIN_UNIT = 4;
    static final int VERSION_OFFSET = 4;

    private static final int STATE_OFFSET = 1;
    private static final int HEAD_BYTES = 4;
    private static final int VERSION_BYTES = 16;
    private static final int ACCESS_BYTES = 2;
    /** Lengths are multiples of four, so the length in bytes can lie over LISTED's left. */
    private static final int DEAD_SHIFT = 7;

    private final boolean cas;
    private final boolean versions;
    private final int unit;
    private final int casOffset;
    private final int fixedBytes;

    RecordLayout(boolean cas, boolean versions, int unit) {
        this.unit = unit;
        this.cas = cas;
        this.versions = versions;
        this.casOffset = HEAD_BYTES + (versions ? VERSION_BYTES : 0);
        this.fixedBytes = casOffset + (cas ? 4 : 0);
    }

    boolean hasCas() {
        return cas;
    }

    boolean hasVersions() {
        return versions;
    }

    static int keyBytes(int head) {
        return head & 0xFF;
    }

    static int inlineBytes(int head) {
        return head >>> 16;
    }

    static int head(int keyBytes, int state, int inlineBytes) {
        return keyBytes | state | inlineBytes << 16;
    }

    static boolean isDead(int head) {
        return (head & 0xFF) == 0;
    }

    static int deadHead(int bytes, boolean listed) {
        return bytes << DEAD_SHIFT | (listed ? LISTED : 0);
    }

    static int deadBytes(int head) {
        return head >>> DEAD_SHIFT & -MIN_UNIT;
    }

    static boolean isListed(int head) {
        return isDead(head) && (head & LISTED) != 0;
    }

    int casOffset() {
        return casOffset;
    }

    int chainOffset(int head) {
        // WIDE_CAS >> 12, EXPTIME >> 6 and FLAGS >> 7 are 4, CHAINED >> 7 is 8.
        return fixedBytes + (head >> 12 & 4);
    }

    int exptimeOffset(int head) {
        return chainOffset(head) + (head >> 7 & 8);
    }

    int flagsOffset(int head) {
        return exptimeOffset(head) + (head >> 6 & 4);
    }

    int accessOffset(int head) {
        return fixedBytes + (head >> 12 & 4) + (head >> 7 & 8) + (head >> 6 & 4) + (head >> 7 & 4);
    }

    int keyOffset(int head) {
        return accessOffset(head) + ACCESS_BYTES;
    }

    /** Length of a record in bytes, a multiple of the unit. */
    int recordBytes(int head) {
        return keyOffset(head) + keyBytes(head) + inlineBytes(head) + unit - 1 & -unit;
    }

    /** Length of the record or hole at {@code record}. */
    int lengthAt(long record) {
        int head = Memory.getInt(record);
        return isDead(head) ? deadBytes(head) : recordBytes(head);
    }

    /** Sets or clears one of the state bits. */
    static void state(long record, int bit, boolean set) {
        int state = Memory.getByte(record + STATE_OFFSET);
        int mask = bit >> 8;
        Memory.putByte(record + STATE_OFFSET, (byte) (set ? state | mask : state & ~mask));
    }

    int exptimeAt(long record, int head) {
        return (head & EXPTIME) == 0 ? 0 : Memory.getInt(record + exptimeOffset(head));
    }

    static boolean expired(int exptime, int now) {
        return exptime != 0 && exptime <= now;
    }
}
