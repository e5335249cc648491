package io.ringtail.cluster.membership;

import io.ringtail.cluster.ring.Member;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members that the settings name, and those that were added at run time. Thread-safe. */
public final class StaticMembers implements Membership {
    private final PeerList list;
    private final InstantSource clock;
    private volatile Listener listener = members -> {};

    public StaticMembers(List<Member> configured, InstantSource clock) {
        this.list = new PeerList(configured);
        this.clock = clock;
    }

    @Override
    public List<Member> begin() {
        return list.members();
    }

    @Override
    public void join(Listener newListener) {
        listener = newListener;
        publish();
    }

    private synchronized void publish() {
        listener.changed(list.members());
    }

    @Override
    public List<String> said() {
        return list.said();
    }

    @Override
    public void heard(List<String> said) {
        if (list.heard(said)) {
            publish();
        }
    }

    @Override
    public @Nullable String add(Member member) {
        if (!list.add(member, clock.millis())) {
            return "a cluster has at most " + PeerList.MAX_MEMBERS + " members";
        }
        publish();
        return null;
    }
}
