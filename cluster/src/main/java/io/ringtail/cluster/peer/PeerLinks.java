package io.ringtail.cluster.peer;

/**
 * One event loop's view of the cluster, and its links to the members. The view changes only between
 * two commands. Owner: that event loop.
 */
public interface PeerLinks {
    /** The ring that the loop's commands go by. */
    ClusterView view();

    /** The link to the member with that index on the view's ring. */
    PeerLink link(int member);

    /**
     * Asks the members how they see the cluster, and runs {@code task} a little later, by the view
     * that is in force then.
     */
    void refresh(Runnable task);

    /** Whether any of the links is congested. */
    boolean isCongested();
}
