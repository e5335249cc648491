package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.ValueStream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one item, read where it lies. Lengths are taken once, when the item is found, so
 * that they are bounded whatever a writer does meanwhile; the other fields are read when asked for.
 */
public abstract sealed class ItemFields permits ItemView, Mutation, ScannedItem {
    final StoreCore core;
    final RecordLayout layout;
    /** Address of the record; 0 where none was found. */
    long record;
    /** Its first word. */
    int head;
    long entry;
    private long valueBytes;
    /** What of the value is its attribute, with the byte that counts it. */
    private int prefixBytes;
    MissReason missReason = MissReason.ABSENT;

    ItemFields(StoreCore core) {
        this.core = core;
        this.layout = core.layout();
    }

    /** Takes the lengths out of the record's first words. */
    final void load(long address, int firstWord, long indexEntry) {
        record = address;
        head = firstWord;
        entry = indexEntry;
        int inline = Math.min(RecordLayout.inlineBytes(firstWord), core.inlineLimit());
        valueBytes = (firstWord & RecordLayout.CHAINED) == 0 ? inline
                : inline + ((long) chainBlocks() << core.blockShift());
        prefixBytes = (firstWord & RecordLayout.ATTRIBUTE) == 0 ? 0 : prefix();
    }

    private int prefix() {
        long at = valueStart();
        return at == 0 ? 0 : (int) Math.min(valueBytes, 1 + Memory.getUnsignedByte(at));
    }

    /** Where the value begins, its attribute included; 0 where a writer came between. */
    private long valueStart() {
        return chained() ? core.blocks().addressIfAny(firstBlock()) : keyAddress() + keyBytes();
    }

    final int firstBlock() {
        return Memory.getInt(record + layout.chainOffset(head));
    }

    /** Bytes of the value that are in blocks. */
    final long chainBytes() {
        return valueBytes - inlineBytes();
    }

    final int chainBlocks() {
        return Memory.getInt(record + layout.chainOffset(head) + 4) & 0x1FFFFF;
    }

    public final int keyBytes() {
        return RecordLayout.keyBytes(head);
    }

    public final long keyAddress() {
        return record + layout.keyOffset(head);
    }

    /** Length of the whole value, without its attribute. */
    public final long valueBytes() {
        return valueBytes - prefixBytes;
    }

    /** Length of the attribute that was stored in front of the value; 0 where there is none. */
    public final int attributeBytes() {
        return Math.max(prefixBytes - 1, 0);
    }

    /** Where the attribute lies, where there is one. */
    public final long attributeAddress() {
        return valueStart() + 1;
    }

    /** Bytes in front of the value that belong to its attribute. */
    final int prefixBytes() {
        return prefixBytes;
    }

    /** Whether the value is too long to lie in one piece: {@link ItemView#pin} gives it then. */
    public final boolean chained() {
        return (head & RecordLayout.CHAINED) != 0;
    }

    /** Where the value lies, unless {@link #chained()}. */
    public final long inlineAddress() {
        return keyAddress() + keyBytes() + prefixBytes;
    }

    final int inlineBytes() {
        return Math.min(RecordLayout.inlineBytes(head), core.inlineLimit());
    }

    public final int clientFlags() {
        return (head & RecordLayout.FLAGS) == 0 ? 0
                : Memory.getInt(record + layout.flagsOffset(head));
    }

    /** The CAS unique; 0 where the store has none. */
    public final long cas() {
        if (!layout.hasCas()) {
            return 0;
        }
        long at = record + layout.casOffset();
        return (head & RecordLayout.WIDE_CAS) != 0 ? Memory.getLong(at)
                : core.wideCas(Memory.getInt(at), segment());
    }

    /** The segment that the record lies in. */
    final int segment() {
        return (int) (record - core.base() >>> core.geometry().segmentShift());
    }

    /** Second at which the item expires, 0 for never. */
    public final int exptime() {
        return layout.exptimeAt(record, head);
    }

    /**
     * Second of the last access that was noted, as exact as {@link AccessTime}; accesses are noted
     * once a minute.
     */
    public final int lastAccess() {
        return AccessTime.seconds(storedAccess(), core.table().born(segment()));
    }

    final short storedAccess() {
        return Memory.getShort(record + layout.accessOffset(head));
    }

    /** Whether the item was read since it was stored. */
    public final boolean fetched() {
        return IndexEntry.fetched(entry);
    }

    public final boolean stale() {
        return (head & RecordLayout.STALE) != 0;
    }

    public final boolean winSent() {
        return (head & RecordLayout.WIN_SENT) != 0;
    }

    /** Whether the key was given in base64. */
    public final boolean binaryKey() {
        return (head & RecordLayout.BINARY_KEY) != 0;
    }

    /** Bytes memcached would count for this item. */
    public final int itemBytes() {
        return (int) SizeClasses.itemBytes(keyBytes(), valueBytes, (head & RecordLayout.FLAGS) != 0,
                layout.hasCas());
    }

    /** Why the last search found no live item. */
    public final MissReason missReason() {
        return missReason;
    }

    /** Whether everything read so far belongs to one state of the item. */
    abstract boolean isConsistent();

    /**
     * Keeps the memory of a chained value until the stream is closed; null where the item has
     * changed since it was found.
     */
    public final @Nullable ValueStream pin() {
        return core.pin(this);
    }

    /** The item's class in {@link SizeClasses}. */
    public final int sizeClass() {
        return core.sizeClasses().of(itemBytes());
    }
}
