package io.ringtail.cluster.membership;

import io.ringtail.cluster.ring.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a node learns who the members of its cluster are. Thread-safe. */
public interface Membership extends AutoCloseable {
    /** Hears of the members when they change. Called by one thread at a time. */
    interface Listener {
        void changed(List<Member> members);
    }

    /**
     * Who the members are before this node joins, itself included; fails where it may not be one.
     */
    List<Member> begin() throws MembershipException;

    /**
     * From now on this node is a member, and {@code listener} hears of changes; called when the
     * node listens. Fails where it may not be one.
     */
    void join(Listener listener) throws MembershipException;

    /** What other nodes are to know of the members, a word each; empty where they need nothing. */
    default List<String> said() {
        return List.of();
    }

    /** Takes what another node said. */
    default void heard(List<String> said) {}

    /** Adds a member, on all nodes; gives the reason where that cannot be, null where it is. */
    default @Nullable String add(Member member) {
        return "the members of this cluster are not a list that can be added to";
    }

    /**
     * What is wrong with the source of the members, so that the last ones known stay in force; null
     * while it is well.
     */
    default @Nullable String trouble() {
        return null;
    }

    /** Whether it asks another service, whose trouble is worth a figure. */
    default boolean asksEtcd() {
        return false;
    }

    /** This node leaves. */
    @Override
    default void close() {}
}
