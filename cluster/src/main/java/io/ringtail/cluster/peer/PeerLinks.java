package io.ringtail.cluster.peer;

/** One event loop's links to all members. Owner: that event loop. */
public interface PeerLinks {
    /** The link to the member with that index on the ring. */
    PeerLink link(int member);

    /** Whether any of the links is congested. */
    boolean isCongested();
}
