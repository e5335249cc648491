package io.ringtail.server.execution;

import io.ringtail.cluster.peer.ForwardReply;
import io.ringtail.cluster.peer.LocalNode;
import io.ringtail.metrics.counters.DurationCounters.Family;
import io.ringtail.metrics.counters.ForwardCounters;
import io.ringtail.metrics.counters.PeerCounters;
import io.ringtail.metrics.counters.PeerCounters.Result;

/**
 * A command whose owner is another node: relays the owner's reply into the client's slot as it is.
 * A long reply that there is no memory for is dropped, and the command fails. Owner: the event loop
 * of the client.
 */
final class ForwardedCommand implements ForwardReply {
    /** Replies that begin with no more are always relayed. */
    private static final int SMALL_BYTES = 4 << 10;

    private final ReplySlot slot;
    private final ForwardFailure onFailure;
    private final ForwardCounters counters;
    private final ForwardRetries retries;
    private final PeerCounters peer;
    private final Family family;
    private boolean begun;
    private boolean dropped;
    private boolean retried;

    /** The command is counted under {@code family} in {@code peer}. */
    ForwardedCommand(ReplySlot slot, ForwardFailure onFailure, ForwardCounters counters,
            ForwardRetries retries, PeerCounters peer, Family family) {
        this.slot = slot;
        this.onFailure = onFailure;
        this.counters = counters;
        this.retries = retries;
        this.peer = peer;
        this.family = family;
    }

    @Override
    public void bytes(long address, int bytes) {
        dropped |= !begun && bytes > SMALL_BYTES && !slot.hasRoom();
        begun = true;
        if (!dropped) {
            slot.output().copy(address, bytes);
        }
    }

    @Override
    public void done() {
        if (dropped) {
            failed(Failure.NO_ROOM);
        } else {
            peer.count(family, Result.OK);
            slot.complete();
        }
    }

    /** Once: to another node, or by this one. */
    @Override
    public void moved(int form, long address, int bytes) {
        if (retried || !retries.add(this, form, address, bytes)) {
            failed(Failure.NOT_OWNER);
            return;
        }
        retried = true;
        peer.count(family, Result.NOT_OWNER);
    }

    /** The key has become this node's own. */
    void executed(ForwardedExecution local, int form, long address, int bytes) {
        if (local.execute(form, true, address, bytes, slot.output()) == LocalNode.Outcome.DONE) {
            slot.complete();
        } else {
            failed(Failure.NOT_OWNER);
        }
    }

    @Override
    public void failed(Failure why) {
        counters.failed++;
        peer.count(family, result(why));
        if (begun && !dropped && !slot.takeBack()) {
            slot.abandon();
            return;
        }
        if (!onFailure.write(slot.output(), why)) {
            counters.failedSilently++;
        }
        slot.complete();
    }

    private static Result result(Failure why) {
        return switch (why) {
            case UNREACHABLE -> Result.UNREACHABLE;
            case NOT_SENT -> Result.NOT_SENT;
            case NOT_OWNER -> Result.NOT_OWNER;
            case TOO_LARGE, NO_ROOM -> Result.REFUSED;
        };
    }
}
