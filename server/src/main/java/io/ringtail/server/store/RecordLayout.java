package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * How an item lies in a log, at a multiple of eight bytes. What is absent takes no room.
 *
 * <pre>
 *    63                    32 31                16 15       8 7         0
 *    | last access (seconds) | inline value bytes | state    | key bytes |   word 0
 *    | CAS unique            8   unless the store has none                |
 *    | version              16   members of a cluster                     |
 *    | chain                 8   CHAINED: first block 32 | blocks 32      |
 *    | exptime               4   EXPTIME                                  |
 *    | client flags          4   FLAGS                                    |
 *    | key | inline value (of a chained item: what follows its blocks)    |
 * </pre>
 *
 * Key bytes 0 is a dead record or a hole: word 0 then has its length in bytes in the upper half,
 * and LISTED where it is on a free list, whose links are in the next two words. Immutable.
 */
final class RecordLayout {
    static final int EXPTIME = 1 << 8;
    static final int FLAGS = 1 << 9;
    static final int CHAINED = 1 << 10;
    static final int STALE = 1 << 11;
    static final int WIN_SENT = 1 << 12;
    static final int BINARY_KEY = 1 << 13;
    static final int LISTED = 1 << 8;
    static final int MAX_KEY_BYTES = 255;

    private static final int ACCESS_OFFSET = 4;
    private static final int STATE_OFFSET = 1;
    static final int CAS_OFFSET = 8;

    private final boolean cas;
    private final boolean versions;
    private final int optionalOffset;

    RecordLayout(boolean cas, boolean versions) {
        this.cas = cas;
        this.versions = versions;
        this.optionalOffset = 8 + (cas ? 8 : 0) + (versions ? 16 : 0);
    }

    boolean hasCas() {
        return cas;
    }

    boolean hasVersions() {
        return versions;
    }

    int versionOffset() {
        return cas ? 16 : 8;
    }

    static int keyBytes(long head) {
        return (int) head & 0xFF;
    }

    static int inlineBytes(long head) {
        return (int) head >>> 16;
    }

    static int lastAccess(long head) {
        return (int) (head >>> 32);
    }

    static long head(int keyBytes, int state, int inlineBytes, int lastAccess) {
        return keyBytes | state | (long) inlineBytes << 16 | (long) lastAccess << 32;
    }

    static boolean isDead(long head) {
        return ((int) head & 0xFF) == 0;
    }

    static long deadHead(int bytes, boolean listed) {
        return (long) bytes << 32 | (listed ? LISTED : 0);
    }

    static int deadBytes(long head) {
        return (int) (head >>> 32);
    }

    int chainOffset() {
        return optionalOffset;
    }

    int exptimeOffset(int head) {
        return optionalOffset + ((head & CHAINED) != 0 ? 8 : 0);
    }

    int flagsOffset(int head) {
        return exptimeOffset(head) + ((head & EXPTIME) != 0 ? 4 : 0);
    }

    int keyOffset(int head) {
        // CHAINED >> 7 is 8, EXPTIME >> 6 and FLAGS >> 7 are 4.
        return optionalOffset + (head >> 7 & 8) + (head >> 6 & 4) + (head >> 7 & 4);
    }

    /** Length of a record in bytes, a multiple of eight. */
    int recordBytes(long head) {
        return keyOffset((int) head) + keyBytes(head) + inlineBytes(head) + 7 & -8;
    }

    /** Length of the record or hole at {@code record}. */
    int lengthAt(long record) {
        long head = Memory.getLong(record);
        return isDead(head) ? deadBytes(head) : recordBytes(head);
    }

    static void lastAccess(long record, int now) {
        Memory.putInt(record + ACCESS_OFFSET, now);
    }

    /** Sets or clears one of the state bits. */
    static void state(long record, int bit, boolean set) {
        int state = Memory.getByte(record + STATE_OFFSET);
        int mask = bit >> 8;
        Memory.putByte(record + STATE_OFFSET, (byte) (set ? state | mask : state & ~mask));
    }

    int exptimeAt(long record, long head) {
        return (head & EXPTIME) == 0 ? 0 : Memory.getInt(record + exptimeOffset((int) head));
    }

    static boolean expired(int exptime, int now) {
        return exptime != 0 && exptime <= now;
    }
}
