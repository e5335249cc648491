package io.ringtail.server.execution;

import io.ringtail.cluster.peer.ForwardReply;
import io.ringtail.metrics.counters.ForwardCounters;

/**
 * A command whose owner is another node: relays the owner's reply into the client's slot as it is.
 * Owner: the event loop of the client.
 */
record ForwardedCommand(ReplySlot slot, ForwardFailure onFailure, ForwardCounters counters)
        implements ForwardReply {
    @Override
    public void bytes(long address, int bytes) {
        slot.output().copy(address, bytes);
    }

    @Override
    public void done() {
        slot.complete();
    }

    @Override
    public void failed(Failure why) {
        counters.failed++;
        if (!onFailure.write(slot.output(), why)) {
            counters.failedSilently++;
        }
        slot.complete();
    }
}
