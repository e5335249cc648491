package io.ringtail.server.config;

import io.ringtail.cluster.ring.Member;

/** The limits of the settings, in one place; the relations between them are checked at the end. */
final class Bounds {
    static final long UNSIGNED_INT = 0xffff_ffffL;
    static final long MIB = 1L << 20;

    /** -1: a free port. */
    static final Range PORT = new Range(-1, 65535);
    /** In -l, 0 is a free port. */
    static final Range ADDRESS_PORT = new Range(0, 65535);
    static final int UNIX_MASK = 0777;
    static final Range MEMORY = new Range(MIB, 1L << 44);
    static final long MIN_ITEM_BYTES = 1 << 10;
    static final long MAX_ITEM_BYTES = 1 << 30;
    static final Range ITEM = new Range(MIN_ITEM_BYTES, MAX_ITEM_BYTES);
    /** The largest item is at most this part of the memory. */
    static final int ITEMS_IN_MEMORY = 2;
    static final Range CONNECTIONS = new Range(1, 10_000_000);
    static final Range THREADS = new Range(1, 1024);
    /** More event loops than this are warned about, as memcached does. */
    static final int MANY_THREADS = 64;
    static final Range REQUESTS_PER_EVENT = new Range(1, Integer.MAX_VALUE);
    static final Range BACKLOG = new Range(0, Integer.MAX_VALUE);
    static final Range CHUNK_SIZES = new Range(1, 1 << 20);
    static final int CHUNK_ALIGNMENT = 8;
    static final int MOST_CHUNK_SIZES = 61;
    static final Range CHUNK = new Range(1, MAX_ITEM_BYTES);
    static final Range NAPI_IDS = new Range(0, 1024);
    static final Range VERBOSITY = new Range(0, 100);
    static final Range MAX_INFLIGHT = new Range(1, 1 << 20);
    static final Range PEER_TIMEOUT_MILLIS = new Range(1, 600_000);
    static final int MAX_PEERS = 1024;
    static final Range LEASE_MILLIS = new Range(2_000, 600_000);
    static final Range WEIGHT = new Range(1, Member.MAX_WEIGHT);
    static final int MAX_NAME = 100;
    static final long MAX_LOG_BUFFER_KIB = 1 << 20;
    static final long MAX_BUFFER_MIB = 1 << 20;
    static final int MAX_LRU_PERCENT = 80;

    /** Replies that wait for one client, and for all clients together. */
    static final long CONNECTION_BUFFER_BYTES = 4 * MIB;
    static final long NODE_BUFFER_BYTES = 64 * MIB;
    /** What the JVM and the kernel's socket buffers need beside the items. */
    static final long BESIDE_ITEMS_BYTES = 150 * MIB;

    private Bounds() {}
}
