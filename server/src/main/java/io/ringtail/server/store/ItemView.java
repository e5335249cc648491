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
public final class ItemView extends ItemFields {
    /** As memcached does, later accesses are noted only when the last noted one is this old. */
    private static final int ACCESS_INTERVAL_SECONDS = 60;

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
            int lines = index.lines();
            long first = index.lineAddress(IndexLines.lineOf(hash, lines));
            long version = IndexLines.header(first);
            chain = first;
            header = version;
            if (search(index, hash, keyAddress, keyBytes)) {
                if (isLive(owner, now)) {
                    return true;
                }
                if (isConsistent()) {
                    return false;
                }
            } else if (index.lines() == lines && isConsistent()) {
                // The version last: a merge raises it before it takes the line away again.
                missReason = MissReason.ABSENT;
                return false;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Reads the first index line of a hash, so that it is near when the item is looked up soon
     * after: many such reads, one after the other, wait for memory together. The result says
     * nothing, but somebody has to use it.
     */
    public long touchIndex(long hash) {
        var index = core.shardOf(hash).index();
        return Memory.getLong(index.lineAddress(IndexLines.lineOf(hash, index.lines())));
    }

    /** As {@link #touchIndex}, which comes before, for what that line says where the item is. */
    public long touchItem(long hash) {
        var index = core.shardOf(hash).index();
        long line = index.lineAddress(IndexLines.lineOf(hash, index.lines()));
        long tag = IndexEntry.tagOf(hash);
        for (long at = line + IndexLines.FIRST_ENTRY; at < line + StoreGeometry.LINE_BYTES;
                at += 8) {
            long candidate = Memory.getLong(at);
            if (candidate >>> IndexEntry.TAG_SHIFT == tag && candidate != 0) {
                return Memory.getLong(core.base() + IndexEntry.offset(candidate));
            }
        }
        return 0;
    }

    private boolean search(IndexLines index, long hash, long keyAddress, int keyBytes) {
        long tag = IndexEntry.tagOf(hash);
        long base = core.base();
        long line = chain;
        long next = header;
        while (true) {
            for (long at = line + IndexLines.FIRST_ENTRY; at < line + StoreGeometry.LINE_BYTES;
                    at += 8) {
                long candidate = Memory.getLong(at);
                if (candidate >>> IndexEntry.TAG_SHIFT == tag && candidate != 0) {
                    VarHandle.loadLoadFence();
                    long address = base + IndexEntry.offset(candidate);
                    int firstWord = Memory.getInt(address);
                    if (RecordLayout.keyBytes(firstWord) == keyBytes && Memory
                            .equal(address + layout.keyOffset(firstWord), keyAddress, keyBytes)) {
                        place = at;
                        load(address, firstWord, candidate);
                        return true;
                    }
                }
            }
            line = index.next(next);
            if (line == 0 || !isConsistent()) {
                return false;
            }
            next = IndexLines.header(line);
        }
    }

    private boolean isLive(Shard owner, int now) {
        if (RecordLayout.expired(exptime(), now)) {
            missReason = MissReason.EXPIRED;
            return false;
        }
        if (owner.isFlushed(IndexEntry.offset(entry))) {
            missReason = MissReason.FLUSHED;
            return false;
        }
        return true;
    }

    /** Whether everything read since {@link #find} belongs to the item that was found. */
    @Override
    public boolean isConsistent() {
        VarHandle.loadLoadFence();
        return Memory.getLong(chain) == header;
    }

    /** Notes a read of the item that was found; after {@link #isConsistent()}. */
    public void markRead(int now) {
        long marked = IndexEntry.read(entry, core.frequencyCap());
        if (marked != entry && Memory.compareAndSetLong(place, entry, marked)) {
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
