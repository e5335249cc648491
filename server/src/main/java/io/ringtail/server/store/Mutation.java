package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Changes one item. Between {@link #begin} and {@link #end} its shard is locked: never nest, never
 * wait, never touch an {@link Upload} but to attach it. The accessors speak of the present item,
 * until it is replaced or removed.
 *
 * <p>Hot path, see StoreBenchmark: allocates nothing. Owner: one thread.
 */
public final class Mutation extends ItemFields {
    private Shard shard;
    private long chain;
    private long place;
    private long hash;
    private long keyAddress;
    private int keyBytes;
    private int now;
    /** Offset of the record that is being written, 0 for none. */
    private long pending;
    private int pendingHead;
    private int pendingQueue;
    private boolean pendingTookHole;
    /** What {@link #place} found. */
    private long placed;
    private int placedHead;
    private final ScannedItem unfinished;
    @Nullable private Upload upload;
    /** Bytes written since begin, or more than none where memory was missing. */
    private int written;
    private boolean removed;

    Mutation(StoreCore core) {
        super(core);
        this.shard = core.shard(0);
        this.unfinished = new ScannedItem(core);
    }

    /** Locks the key's shard and finds its live item; an expired or flushed one is dropped. */
    public void begin(long keyHash, long address, int bytes, int nowSeconds) {
        if (bytes < 1 || bytes > RecordLayout.MAX_KEY_BYTES) {
            throw new IllegalArgumentException("keyBytes=" + bytes);
        }
        shard = core.shardOf(keyHash);
        hash = keyHash;
        keyAddress = address;
        keyBytes = bytes;
        now = nowSeconds;
        written = 0;
        removed = false;
        pending = 0;
        upload = null;
        shard.lock();
        chain = shard.index().chain(keyHash);
        missReason = MissReason.ABSENT;
        if (search() && !isLive()) {
            forget();
        }
    }

    private boolean search() {
        int tag = IndexEntry.tagOf(hash);
        for (long line = chain; line != 0; line = shard.index().nextOf(line)) {
            for (int left = IndexLine.matching(line, tag); left != 0; left &= left - 1) {
                long at = IndexLine.place(line, Integer.numberOfTrailingZeros(left));
                if (holdsKey(at, IndexLine.entry(at, tag))) {
                    return true;
                }
            }
        }
        record = 0;
        place = 0;
        return false;
    }

    private boolean holdsKey(long at, long candidate) {
        long address = core.base() + core.offset(candidate);
        int firstWord = Memory.getInt(address);
        if (RecordLayout.keyBytes(firstWord) != keyBytes
                || !Memory.equal(address + layout.keyOffset(firstWord), keyAddress, keyBytes)) {
            return false;
        }
        place = at;
        load(address, firstWord, candidate);
        return true;
    }

    private boolean isLive() {
        if (shard.isFlushed(record - core.base())) {
            missReason = MissReason.FLUSHED;
            shard.statistics().reclaimed(this, false, false);
            return false;
        }
        if (RecordLayout.expired(exptime(), now)) {
            missReason = MissReason.EXPIRED;
            shard.statistics().reclaimed(this, true, false);
            return false;
        }
        return true;
    }

    /** Takes the present item out of the index and frees it. */
    private void forget() {
        shard.remove(this, chain, place);
        removed = true;
        record = 0;
        place = 0;
    }

    /** Whether there is a live item. */
    public boolean exists() {
        return record != 0;
    }

    /**
     * Makes room for an item of this key, with a value of at most {@link Store#inlineLimit()}
     * bytes; the present item stays readable until {@link #commit}.
     *
     * @return where the value is to be written, or 0 where there is no memory
     */
    public long allocate(int valueBytes, int clientFlags, int exptime) {
        if (valueBytes > core.inlineLimit()) {
            throw new IllegalArgumentException(
                    "valueBytes=" + valueBytes + " inlineLimit=" + core.inlineLimit());
        }
        return allocate(0, valueBytes, clientFlags, exptime);
    }

    private long allocate(int state, int inlineBytes, int clientFlags, int exptime) {
        int allState = state | (exptime == 0 ? 0 : RecordLayout.EXPTIME)
                | (clientFlags == 0 ? 0 : RecordLayout.FLAGS);
        if (record == 0 && !shard.index().prepare()) {
            return outOfMemory(inlineBytes, clientFlags);
        }
        int firstWord = RecordLayout.head(keyBytes, allState, inlineBytes);
        int queue = record != 0 ? shard.queueOf(record - core.base()) : shard.queueForNew(hash);
        if (!place(queue, firstWord, exptime, 0, shard.reserve())) {
            return outOfMemory(inlineBytes, clientFlags);
        }
        pending = placed;
        pendingHead = placedHead;
        pendingQueue = queue;
        pendingTookHole = shard.log().tookHole();
        shard.records().begin(pending, pendingHead, exptime, clientFlags, now);
        long key = core.base() + pending + layout.keyOffset(pendingHead);
        Memory.copy(keyAddress, key, keyBytes);
        return key + keyBytes;
    }

    /**
     * Finds room for a record that can hold {@code cas}, or the next one where that is 0; false
     * where there is none.
     */
    private boolean place(int queue, int firstWord, int exptime, long cas, int reserve) {
        placedHead = firstWord;
        placed = shard.allocate(queue, placedHead, exptime, reserve, now);
        if (placed != 0 && !shard.records().fits(placedHead, cas, placed)) {
            shard.log().free(placed, layout.recordBytes(placedHead));
            placedHead |= RecordLayout.WIDE_CAS;
            placed = shard.allocate(queue, placedHead, exptime, reserve, now);
        }
        written += placed == 0 ? 0 : layout.recordBytes(placedHead);
        return placed != 0;
    }

    private long outOfMemory(long valueBytes, int clientFlags) {
        written++;
        shard.statistics()
                .outOfMemory(SizeClasses.itemBytes(keyBytes, valueBytes, clientFlags != 0,
                        layout.hasCas()));
        return 0;
    }

    /**
     * Instead of {@link #allocate}: takes the value of a complete upload; false where there is no
     * memory.
     */
    public boolean attach(Upload complete, int clientFlags, int exptime) {
        if (!complete.complete()) {
            throw new IllegalStateException("upload remaining=" + complete.remaining());
        }
        boolean chained = complete.blocks() > 0;
        long value = allocate(chained ? RecordLayout.CHAINED : 0, complete.restBytes(), clientFlags,
                exptime);
        if (value == 0) {
            return false;
        }
        if (complete.restBytes() > 0) {
            Memory.copy(complete.restAddress(), value, complete.restBytes());
        }
        if (chained) {
            long word = core.base() + pending + layout.chainOffset(pendingHead);
            Memory.putInt(word, complete.firstBlock());
            Memory.putInt(word + 4, complete.blocks());
        }
        upload = complete;
        return true;
    }

    /** Marks the item being written, or else the present one, as one whose key came in base64. */
    public void binaryKey(boolean set) {
        state(RecordLayout.BINARY_KEY, set);
    }

    /** Marks the item being written as one whose value begins with an attribute. */
    public void attribute(boolean set) {
        state(RecordLayout.ATTRIBUTE, set);
    }

    public void stale(boolean set) {
        state(RecordLayout.STALE, set);
    }

    public void winSent(boolean set) {
        state(RecordLayout.WIN_SENT, set);
    }

    private void state(int bit, boolean set) {
        long target = pending != 0 ? core.base() + pending : record;
        RecordLayout.state(target, bit, set);
        if (pending == 0) {
            head = Memory.getInt(record);
        }
    }

    /**
     * Publishes what was allocated or attached, in place of the present item.
     *
     * @param explicitCas the CAS unique it gets; 0 for the next one
     * @return its CAS unique
     */
    public long commit(long explicitCas) {
        if (pending == 0) {
            throw new IllegalStateException("nothing to commit");
        }
        long cas = 0;
        if (layout.hasCas()) {
            cas = explicitCas != 0 ? explicitCas : shard.uniques().next();
            if (!shard.records().fits(pendingHead, cas, pending) && !widen(cas)) {
                cas = shard.uniques().next();
            }
            shard.records().cas(pending, pendingHead, cas);
        }
        publish(core.base() + pending);
        return cas;
    }

    /** Makes room for any CAS unique in what is being written; false where there is no memory. */
    private boolean widen(long cas) {
        int firstWord = Memory.getInt(core.base() + pending);
        unfinished.load(core.base() + pending, firstWord, 0);
        int exptime = unfinished.exptime();
        if (!place(pendingQueue, firstWord | RecordLayout.WIDE_CAS, exptime, cas, 0)) {
            return false;
        }
        shard.records().copy(unfinished, placed, placedHead, exptime, cas);
        shard.log().free(pending, layout.recordBytes(pendingHead));
        pending = placed;
        pendingHead = placedHead;
        pendingTookHole = shard.log().tookHole();
        return true;
    }

    private void publish(long address) {
        long fresh = IndexEntry.of(hash, core.address(pending));
        if (record != 0) {
            int frequency =
                    Math.min(core.frequencyCap(), IndexEntry.frequency(IndexLine.entry(place)) + 1);
            fresh = IndexEntry.withFrequency(fresh, frequency);
            IndexLine.replace(chain, place, fresh);
            shard.statistics().removed(itemBytes(), pendingQueue);
            shard.free(this);
        } else {
            fresh = IndexEntry.withSpared(fresh, pendingTookHole);
            place = shard.index().insert(chain, fresh);
        }
        load(address, Memory.getInt(address), fresh);
        if (chained()) {
            shard.log().addChain(pendingQueue, chainBytes());
        }
        if (upload != null) {
            upload.attached(hash);
            upload = null;
        }
        shard.reclaimer().newest(pending);
        shard.policy().stored(pendingQueue, layout.recordBytes(pendingHead) + chainBytes());
        shard.statistics().added(itemBytes(), pendingQueue);
        shard.statistics().stored(itemBytes());
        pending = 0;
    }

    /**
     * Sets the present item's exptime, which keeps its CAS unique: in place where its segment
     * allows it, otherwise by a copy.
     *
     * @return false where there is no memory for the copy
     */
    public boolean exptime(int exptime) {
        if (exptime == exptime()) {
            return true;
        }
        int segment = shard.log().segmentOf(record - core.base());
        int ttlClass = core.expiryClasses().of(exptime, now);
        boolean fits = exptime != 0 && (head & RecordLayout.EXPTIME) != 0
                && (ttlClass <= core.table().ttlClass(segment)
                        || exptime <= core.table().exptime(segment));
        if (!fits) {
            return moveWithExptime(exptime);
        }
        if (exptime > core.table().exptime(segment)) {
            core.table().exptime(segment, exptime);
        }
        Memory.putInt(record + layout.exptimeOffset(head), exptime);
        return true;
    }

    private boolean moveWithExptime(int exptime) {
        int firstWord = head & ~RecordLayout.EXPTIME | (exptime == 0 ? 0 : RecordLayout.EXPTIME);
        if (!rewrite(firstWord, exptime, cas(), shard.reserve())) {
            outOfMemory(valueBytes(), clientFlags());
            return false;
        }
        return true;
    }

    /** Copies the present item's record with other fields; blocks and counters stay. */
    private boolean rewrite(int firstWord, int exptime, long cas, int reserve) {
        if (!place(shard.queueOf(record - core.base()), firstWord, exptime, cas, reserve)) {
            return false;
        }
        shard.records().copy(this, placed, placedHead, exptime, cas);
        long moved = IndexEntry.moved(IndexLine.entry(place), core.address(placed));
        IndexLine.replace(chain, place, moved);
        shard.log().free(record - core.base(), layout.recordBytes(head));
        load(core.base() + placed, placedHead, moved);
        return true;
    }

    /**
     * Sets the present item's CAS unique; 0 for the next one. Where there is no memory for a longer
     * one than the record has room for, the item goes.
     *
     * @return the CAS unique
     */
    public long cas(long explicitCas) {
        if (!layout.hasCas()) {
            return 0;
        }
        long cas = explicitCas != 0 ? explicitCas : shard.uniques().next();
        boolean wide = (head & RecordLayout.WIDE_CAS) != 0;
        if (!wide && shard.records().fits(head, cas, record - core.base())) {
            shard.records().cas(record - core.base(), head, cas);
        } else if (!rewrite(head | RecordLayout.WIDE_CAS, exptime(), cas, 0)) {
            forget();
        }
        return cas;
    }

    /** Marks the present item read. */
    public void markRead() {
        long current = IndexLine.entry(place);
        long marked = IndexEntry.read(current, core.frequencyCap());
        IndexLine.mark(place, current, marked);
        entry = marked;
        shard.records().lastAccess(record - core.base(), head, now);
    }

    /** Marks the present item as one that was read, without counting a read now. */
    public void markFetched() {
        long current = IndexLine.entry(place);
        long marked = IndexEntry.withFetched(current);
        IndexLine.mark(place, current, marked);
        entry = marked;
    }

    /** Removes the present item. */
    public void remove() {
        forget();
    }

    @Override
    boolean isConsistent() {
        return true;
    }

    /** Gives up what was allocated and not committed, and unlocks the shard. */
    public void end() {
        if (pending != 0) {
            shard.log().free(pending, layout.recordBytes(pendingHead));
            pending = 0;
        }
        upload = null;
        if (removed) {
            shard.supply().settleRemoval(now);
        }
        boolean settled = written == 0 || shard.supply().settle(written, now);
        shard.unlock();
        if (!settled) {
            core.supply(shard);
        }
    }
}
