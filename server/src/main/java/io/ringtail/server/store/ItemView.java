package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;
import java.lang.invoke.VarHandle;

/**
 * Reads items without a lock: find, copy what is needed, then ask {@link #isConsistent()} whether a
 * writer came between, and begin again if so. What was read before a no may be garbage, but is
 * inside the store's memory and not longer than {@link Store#inlineLimit()}.
 *
 * <p>Hot path, see StoreBenchmark: finds in one method, allocates nothing. Owner: one thread.
 */
public non-sealed class ItemView extends ItemFields {
    /** As memcached does, later accesses are noted only when the last noted one is this old. */
    private static final int ACCESS_INTERVAL_SECONDS = 60;
    /** Most items are no longer, and longer ones are read in a row, which processors foresee. */
    private static final int TOUCHED_BYTES = 192;

    private Shard shard;
    private long chain;
    private long header;
    private long place;

    ItemView(StoreCore core) {
        super(core);
        this.shard = core.shard(0);
    }

    /** Looks the key up; false where there is no live item. */
    public boolean find(long hash, long keyAddress, int keyBytes, int now) {
        var owner = core.shardOf(hash);
        var index = owner.index();
        shard = owner;
        while (true) {
            int lines = lines(index);
            long first = index.lineAddress(IndexLines.lineOf(hash, lines));
            chain = first;
            header = header(first);
            if (IndexLine.isReadable(header)) {
                if (search(index, hash, keyAddress, keyBytes)) {
                    if (isLive(owner, now)) {
                        return true;
                    }
                    if (isConsistent()) {
                        return false;
                    }
                } else if (lines(index) == lines && isConsistent()) {
                    missReason = MissReason.ABSENT;
                    return false;
                }
            }
            Thread.onSpinWait();
        }
    }

    int lines(IndexLines index) {
        return index.lines();
    }

    long header(long line) {
        return IndexLine.header(line);
    }

    /**
     * Reads the first index line of a hash, so that it is near when the item is looked up soon
     * after: many such reads, one after the other, wait for memory together. The result says
     * nothing, but somebody has to use it.
     */
    public long touchIndex(long hash) {
        var index = core.shardOf(hash).index();
        return IndexLine.header(index.lineAddress(IndexLines.lineOf(hash, index.lines())));
    }

    /**
     * As {@link #touchIndex}, which comes before, for the first {@value #TOUCHED_BYTES} bytes of
     * the item that the line points to; the guard behind the last segment makes that a safe length.
     */
    public long touchItem(long hash) {
        var index = core.shardOf(hash).index();
        long line = index.lineAddress(IndexLines.lineOf(hash, index.lines()));
        long before = IndexLine.header(line);
        int tag = IndexEntry.tagOf(hash);
        int places = IndexLine.matching(line, tag);
        if (places == 0) {
            return 0;
        }
        long place = IndexLine.place(line, Integer.numberOfTrailingZeros(places));
        long candidate = IndexLine.entry(place, tag);
        VarHandle.loadLoadFence();
        if (!IndexLine.isReadable(before) || Memory.getLong(line) != before) {
            return 0;
        }
        long address = core.base() + core.offset(candidate);
        int read = 0;
        for (int at = 0; at < TOUCHED_BYTES; at += StoreGeometry.LINE_BYTES) {
            read ^= Memory.getInt(address + at);
        }
        return read;
    }

    private boolean search(IndexLines index, long hash, long keyAddress, int keyBytes) {
        int tag = IndexEntry.tagOf(hash);
        long base = core.base();
        long line = chain;
        while (true) {
            for (int left = IndexLine.matching(line, tag); left != 0; left &= left - 1) {
                long at = IndexLine.place(line, Integer.numberOfTrailingZeros(left));
                long candidate = IndexLine.entry(at, tag);
                if (!isUnchanged()) {
                    return false;
                }
                long address = base + core.offset(candidate);
                int firstWord = Memory.getInt(address);
                if (RecordLayout.keyBytes(firstWord) == keyBytes && Memory
                        .equal(address + layout.keyOffset(firstWord), keyAddress, keyBytes)) {
                    place = at;
                    load(address, firstWord, candidate);
                    return true;
                }
            }
            if (!IndexLine.isLinked(line)) {
                return false;
            }
            int next = IndexLine.link(line);
            if (!isUnchanged()) {
                return false;
            }
            line = index.overflow().address(next);
        }
    }

    private boolean isUnchanged() {
        VarHandle.loadLoadFence();
        return Memory.getLong(chain) == header;
    }

    private boolean isLive(Shard owner, int now) {
        if (RecordLayout.expired(exptime(), now)) {
            missReason = MissReason.EXPIRED;
            return false;
        }
        if (owner.isFlushed(core.offset(entry))) {
            missReason = MissReason.FLUSHED;
            return false;
        }
        return true;
    }

    /** Whether everything read since {@link #find} belongs to the item that was found. */
    @Override
    public boolean isConsistent() {
        return isUnchanged();
    }

    /** Notes a read of the item that was found; after {@link #isConsistent()}. */
    public void markRead(int now) {
        long marked = IndexEntry.read(entry, core.frequencyCap());
        if (marked != entry) {
            IndexLine.mark(place, entry, marked);
            entry = marked;
        }
        int born = core.table().born(segment());
        short stored = storedAccess();
        if (now - AccessTime.seconds(stored, born) >= ACCESS_INTERVAL_SECONDS
                && AccessTime.of(now, born) != stored) {
            noteAccess(now);
        }
    }

    private void noteAccess(int now) {
        shard.lock();
        try {
            if (isConsistent()) {
                shard.records().lastAccess(record - core.base(), head, now);
            }
        } finally {
            shard.unlock();
        }
    }
}
