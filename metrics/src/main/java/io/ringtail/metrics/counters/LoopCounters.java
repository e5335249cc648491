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
}
