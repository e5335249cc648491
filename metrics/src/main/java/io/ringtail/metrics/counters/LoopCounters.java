package io.ringtail.metrics.counters;

/**
 * What one event loop counted, under the names of memcached's {@code stats}. Owner: the event loop;
 * others read it without synchronisation and may see a slightly older value.
 */
public final class LoopCounters {
    public long cmdFlush;
    public long cmdTouch;
    public long cmdMeta;
    public long getMisses;
    public long getExpired;
    public long getFlushed;
    public long deleteMisses;
    public long incrMisses;
    public long decrMisses;
    public long casMisses;
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

    /**
     * What was hit and stored, by the item's size. It is counted here alone: {@code get_hits},
     * {@code cmd_set} and the like are sums over the classes.
     */
    public final SizeClassCounters classes = new SizeClassCounters();

    /** Commands that stored, by result. */
    public final StoreCounters stores = new StoreCounters();

    /** How long requests took. */
    public final DurationCounters durations = new DurationCounters();

    /** Commands that other nodes executed for this one, or this one for them. */
    public final ForwardCounters forwards = new ForwardCounters();

    /** Keys that were looked up: those that were hit and those that were not. */
    public long cmdGet() {
        return classes.all(SizeClassCounters.GET_HITS) + getMisses;
    }

    /** Adds what another counted: {@code sign} 1, or takes it away: -1. */
    public void add(LoopCounters other, int sign) {
        cmdFlush += sign * other.cmdFlush;
        cmdTouch += sign * other.cmdTouch;
        cmdMeta += sign * other.cmdMeta;
        getMisses += sign * other.getMisses;
        getExpired += sign * other.getExpired;
        getFlushed += sign * other.getFlushed;
        deleteMisses += sign * other.deleteMisses;
        incrMisses += sign * other.incrMisses;
        decrMisses += sign * other.decrMisses;
        casMisses += sign * other.casMisses;
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
