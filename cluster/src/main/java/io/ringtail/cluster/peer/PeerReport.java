package io.ringtail.cluster.peer;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once when a peer is lost and once when it is back, however many event loops notice. Shared
 * by the loops' links to one peer; thread-safe.
 */
public final class PeerReport {
    private static final Logger LOG = LoggerFactory.getLogger(PeerReport.class);

    private final String peer;
    private final AtomicInteger lost = new AtomicInteger();

    public PeerReport(String peer) {
        this.peer = peer;
    }

    /** The peer's name on the ring. */
    public String peer() {
        return peer;
    }

    void lost(String why) {
        if (lost.getAndIncrement() == 0) {
            LOG.warn("peer {} is unreachable: {}", peer, why);
        }
    }

    void stillLost(String why) {
        LOG.debug("peer {} is still unreachable: {}", peer, why);
    }

    void found() {
        if (lost.decrementAndGet() == 0) {
            LOG.info("peer {} is reachable again", peer);
        }
    }

    void differs() {
        LOG.warn("peer {} goes by another list of members", peer);
    }
}
