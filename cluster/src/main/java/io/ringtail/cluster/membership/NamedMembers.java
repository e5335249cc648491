package io.ringtail.cluster.membership;

import io.ringtail.cluster.ring.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members are all addresses of a name, which is looked up again and again, and this node
 * itself. While the name has no address, or nobody can be asked, the last ones stay. Thread-safe.
 */
public final class NamedMembers implements Membership {
    private static final Logger LOG = LoggerFactory.getLogger(NamedMembers.class);

    private final Resolver resolver;
    private final Member self;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile List<Member> members;
    private volatile @Nullable String trouble;

    /** Looks a name up; may block. Gives addresses as members are named, HOST:PORT. */
    public interface Resolver {
        List<String> addresses() throws IOException;
    }

    public NamedMembers(Resolver resolver, Member self, Duration interval) {
        this.resolver = resolver;
        this.self = self;
        this.interval = interval;
        this.members = List.of(self);
    }

    @Override
    public List<Member> begin() {
        look();
        return members;
    }

    private void look() {
        try {
            var found = resolver.addresses();
            if (found.isEmpty()) {
                throw new IOException("it has no address");
            }
            var all = new ArrayList<Member>();
            all.add(self);
            found.stream()
                    .distinct()
                    .filter(name -> !name.equals(self.name()))
                    .limit(PeerList.MAX_MEMBERS - 1)
                    .forEach(name -> all.add(new Member(name)));
            members = List.copyOf(all);
            if (trouble != null) {
                LOG.info("the members' name is found again");
                trouble = null;
            }
        } catch (IOException e) {
            if (trouble == null) {
                LOG.warn("the members stay as they were, their name is not found: {}",
                        e.getMessage());
            }
            trouble = "the members' name is not found: " + e.getMessage();
        }
    }

    @Override
    public void join(Listener listener) {
        var unused = Thread.ofVirtual().name("member names").start(() -> watch(listener));
    }

    private void watch(Listener listener) {
        try {
            listener.changed(members);
            while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
                listener.changed(members);
            }
        } catch (InterruptedException e) {
            LOG.debug("the node stops");
        }
    }

    @Override
    public @Nullable String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
