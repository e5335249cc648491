package io.ringtail.cluster.etcd;

import io.ringtail.cluster.etcd.EtcdCalls.Unavailable;
import io.ringtail.cluster.membership.MembershipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's entry in etcd, and the lease that it lives by. Owner: one thread at a time, as {@link
 * EtcdMembers} says.
 */
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    private final EtcdConfig config;
    private final EtcdCalls calls;
    private long lease;

    Registration(EtcdConfig config, EtcdCalls calls) {
        this.config = config;
        this.calls = calls;
    }

    /** Fails where this node cannot be a member beside those that are there. */
    void check(EtcdSnapshot found) throws MembershipException {
        var other = found.nodes().get(config.id());
        if (other != null && !other.member().name().equals(config.self().name())) {
            throw new MembershipException("the node id " + config.id() + " is alive at "
                    + other.member().name() + ": give this node another one, --node-id ID");
        }
        if (found.parameters() != null && isAnybody(found)) {
            var theirs = EtcdSnapshot.fields(found.parameters());
            for (var mine : config.parameters().entrySet()) {
                var others = theirs.getOrDefault(mine.getKey(), "nothing");
                if (!others.equals(mine.getValue())) {
                    throw new MembershipException(mine.getKey() + " is " + mine.getValue()
                            + " here, but " + others + " in the cluster " + config.cluster());
                }
            }
        }
    }

    private boolean isAnybody(EtcdSnapshot found) {
        return found.nodes().keySet().stream().anyMatch(id -> !id.equals(config.id()));
    }

    /** Makes the entry; what an earlier process of this same node left goes. */
    void enter() throws Unavailable, InterruptedException, MembershipException {
        var found = calls.read();
        check(found);
        writeParameters(found);
        var old = found.nodes().get(config.id());
        if (old != null && old.lease() != 0) {
            calls.revoke(old.lease());
        }
        long granted = calls.grant(config.leaseSeconds());
        if (calls.write(config.nodeKey(), 0, EtcdSnapshot.text(config.self()), granted)) {
            lease = granted;
            LOG.info("entered in etcd as {}", config.nodeKey());
        } else {
            calls.revoke(granted);
            check(calls.read());
            throw new Unavailable("the entry " + config.nodeKey() + " came from elsewhere", null);
        }
    }

    /** Those of a cluster that nobody is in any more count for nothing. */
    private void writeParameters(EtcdSnapshot found)
            throws Unavailable, InterruptedException, MembershipException {
        var mine = EtcdSnapshot.text(config.parameters());
        if (!mine.equals(found.parameters())
                && !calls.write(config.parametersKey(), found.parametersRevision(), mine, 0)) {
            check(calls.read());
        }
    }

    /** Keeps the entry alive; where its lease ended, makes it anew. */
    void keep() throws Unavailable, InterruptedException, MembershipException {
        if (lease != 0 && !calls.keepAlive(lease)) {
            LOG.warn("the lease in etcd has ended");
            lease = 0;
        }
        if (lease == 0) {
            enter();
        }
    }

    /** The entry was not found: {@link #keep} makes it anew. */
    void isGone() {
        lease = 0;
    }

    void leave() throws Unavailable, InterruptedException {
        if (lease != 0) {
            calls.revoke(lease);
            lease = 0;
        }
    }
}
