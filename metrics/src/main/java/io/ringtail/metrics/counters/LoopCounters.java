package io.ringtail.metrics.counters;

/**
 * What one event loop counted, under the names of memcached's {@code stats}. Owner: the event loop;
 * others read it without synchronisation and may see a slightly older value.
 */
public final class LoopCounters {
    public long cmdGet;
    public long cmdSet;
    public long cmdFlush;
    public long cmdTouch;
    public long cmdMeta;
    public long getHits;
    public long getMisses;
    public long getExpired;
    public long getFlushed;
    public long deleteMisses;
    public long deleteHits;
    public long incrMisses;
    public long incrHits;
    public long decrMisses;
    public long decrHits;
    public long casMisses;
    public long casHits;
    public long casBadval;
    public long touchHits;
    public long touchMisses;
    public long storeTooLarge;
    public long storeNoMemory;
    public long authCmds;
    public long authErrors;
    public long idleKicks;
    public long bytesRead;
    public long bytesWritten;
    public long connYields;
    public long readBufOom;
    /** How often the loop looked after its share of the store. */
    public long lruMaintainerJuggles;
    public long sslHandshakeErrors;
    public long sslNewSessions;

    /** What is in use now; these fall as well as rise. Replies that wait, and their bytes. */
    public long responseObjCount;
    public long responseObjBytes;
    /** Buffers that hold commands whose rest has not arrived, and their bytes. */
    public long readBufCount;
    public long readBufBytes;

    /** What was hit and stored, by the item's size. */
    public final SizeClassCounters classes = new SizeClassCounters();

    /** Commands that stored, by result. */
    public final StoreCounters stores = new StoreCounters();

    /** How long requests took. */
    public final DurationCounters durations = new DurationCounters();

    /** Commands that other nodes executed for this one, or this one for them. */
    public final ForwardCounters forwards = new ForwardCounters();

    /** Adds what another counted: {@code sign} 1, or takes it away: -1. */
    public void add(LoopCounters other, int sign) {
        cmdGet += sign * other.cmdGet;
        cmdSet += sign * other.cmdSet;
        cmdFlush += sign * other.cmdFlush;
        cmdTouch += sign * other.cmdTouch;
        cmdMeta += sign * other.cmdMeta;
        getHits += sign * other.getHits;
        getMisses += sign * other.getMisses;
        getExpired += sign * other.getExpired;
        getFlushed += sign * other.getFlushed;
        deleteMisses += sign * other.deleteMisses;
        deleteHits += sign * other.deleteHits;
        incrMisses += sign * other.incrMisses;
        incrHits += sign * other.incrHits;
        decrMisses += sign * other.decrMisses;
        decrHits += sign * other.decrHits;
        casMisses += sign * other.casMisses;
        casHits += sign * other.casHits;
        casBadval += sign * other.casBadval;
        touchHits += sign * other.touchHits;
        touchMisses += sign * other.touchMisses;
        storeTooLarge += sign * other.storeTooLarge;
        storeNoMemory += sign * other.storeNoMemory;
        authCmds += sign * other.authCmds;
        authErrors += sign * other.authErrors;
        idleKicks += sign * other.idleKicks;
        bytesRead += sign * other.bytesRead;
        bytesWritten += sign * other.bytesWritten;
        connYields += sign * other.connYields;
        readBufOom += sign * other.readBufOom;
        lruMaintainerJuggles += sign * other.lruMaintainerJuggles;
        sslHandshakeErrors += sign * other.sslHandshakeErrors;
        sslNewSessions += sign * other.sslNewSessions;
        responseObjCount += sign * other.responseObjCount;
        responseObjBytes += sign * other.responseObjBytes;
        readBufCount += sign * other.readBufCount;
        readBufBytes += sign * other.readBufBytes;
        classes.add(other.classes, sign);
        stores.add(other.stores, sign);
        durations.add(other.durations, sign);
        forwards.add(other.forwards, sign);
    }

    /** Forgets what is in use now, so that only what was counted is left. */
    public void clearGauges() {
        responseObjCount = 0;
        responseObjBytes = 0;
        readBufCount = 0;
        readBufBytes = 0;
    }
}
