package io.ringtail.cluster.etcd;

import io.ringtail.cluster.etcd.EtcdCalls.Unavailable;
import io.ringtail.cluster.membership.Membership;
import io.ringtail.cluster.membership.MembershipException;
import io.ringtail.cluster.ring.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Members are the nodes that hold a lease in etcd. One thread keeps this node's lease and reads who
 * the others are, three times within a lease and whenever the watch reports a change: so nothing is
 * lost where a watch is, and after a failure there is nothing to resume. What cannot be read stays
 * as it was.
 *
 * <p>When etcd comes back, perhaps with nothing of what it had, members that are missing keep their
 * place for one lease more, in which they enter themselves again.
 *
 * <p>Owner of all state but {@code trouble}: the thread that starts the node, then the thread that
 * it starts.
 */
public final class EtcdMembers implements Membership {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdMembers.class);
    private static final int LOOKS_PER_LEASE = 3;
    /** The first call loads classes, and what it says decides whether the node starts. */
    private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(2);
    private static final int LEAVE_SECONDS = 3;
    private static final String WAIT_FOR_IT = "etcd cannot be asked, the ring stays as it was: ";

    private final EtcdConfig config;
    private final EtcdCalls calls;
    private final Registration registration;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Duration lookEvery;
    private List<Member> members;
    private long lastRevision;
    private long missingKeptUntil;
    private boolean keepsMissing;
    private volatile boolean leaving;
    private volatile @Nullable String trouble;
    private volatile @Nullable Thread keeper;

    public EtcdMembers(EtcdConfig config) {
        this.config = config;
        this.lookEvery = Duration.ofSeconds(config.leaseSeconds()).dividedBy(LOOKS_PER_LEASE);
        this.calls = new EtcdCalls(config, FIRST_TIMEOUT, wakeUps::release);
        this.registration = new Registration(config, calls);
        this.members = List.of(config.self());
    }

    @Override
    public List<Member> begin() throws MembershipException {
        try {
            var found = calls.read();
            registration.check(found);
            lastRevision = found.revision();
            var all = found.members();
            all.removeIf(member -> member.name().equals(config.self().name()));
            all.add(config.self());
            members = List.copyOf(all);
        } catch (Unavailable e) {
            failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return members;
    }

    @Override
    public void join(Listener listener) throws MembershipException {
        try {
            registration.enter();
        } catch (Unavailable e) {
            failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var half = Duration.ofSeconds(config.leaseSeconds()).dividedBy(2);
        calls.timeout(half.compareTo(SHORTEST_TIMEOUT) > 0 ? half : SHORTEST_TIMEOUT);
        calls.watch();
        keeper = Thread.ofVirtual().name("etcd membership").start(() -> keep(listener));
    }

    private void keep(Listener listener) {
        try {
            while (!leaving) {
                look(listener);
                if (wakeUps.tryAcquire(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the node leaves");
        }
    }

    private void look(Listener listener) throws InterruptedException {
        try {
            registration.keep();
            follow(calls.read(), listener);
            if (trouble != null) {
                LOG.info("etcd answers again");
                trouble = null;
            }
        } catch (Unavailable e) {
            failed(e);
            calls.reconnect();
        } catch (MembershipException e) {
            var why = String.valueOf(e.getMessage());
            if (!why.equals(trouble)) {
                LOG.error("not a member: {}", why);
            }
            trouble = why;
        }
    }

    private void failed(Unavailable e) {
        if (trouble == null) {
            LOG.warn("{}{}", WAIT_FOR_IT, e.getMessage());
        }
        trouble = WAIT_FOR_IT + e.getMessage();
    }

    private void follow(EtcdSnapshot found, Listener listener) {
        if (trouble != null || found.revision() < lastRevision) {
            keepsMissing = true;
            missingKeptUntil = System.nanoTime() + TimeUnit.SECONDS.toNanos(config.leaseSeconds());
        }
        lastRevision = found.revision();
        if (!found.nodes().containsKey(config.id())) {
            registration.isGone();
            wakeUps.release();
        }
        var now = found.members();
        if (keepsMissing && System.nanoTime() - missingKeptUntil < 0) {
            addMissing(now);
        } else {
            keepsMissing = false;
        }
        if (!now.isEmpty() && !now.equals(members)) {
            members = List.copyOf(now);
            listener.changed(members);
        }
    }

    private void addMissing(List<Member> now) {
        var names = new ArrayList<String>();
        now.forEach(member -> names.add(member.name()));
        members.stream().filter(member -> !names.contains(member.name())).forEach(now::add);
    }

    @Override
    public @Nullable String trouble() {
        return trouble;
    }

    @Override
    public boolean asksEtcd() {
        return true;
    }

    /** Gives the lease back, as far as etcd can be asked. */
    @Override
    public void close() {
        leaving = true;
        var running = keeper;
        try {
            if (running != null) {
                running.interrupt();
                running.join(Duration.ofSeconds(LEAVE_SECONDS));
            }
            registration.leave();
        } catch (Unavailable e) {
            LOG.warn("the lease in etcd stays until it ends: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        calls.close();
    }
}
