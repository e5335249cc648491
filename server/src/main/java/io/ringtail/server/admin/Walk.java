package io.ringtail.server.admin;

import io.ringtail.protocol.memory.Output;
import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.stats.AdminCounters;
import io.ringtail.server.store.ItemFields;
import io.ringtail.server.store.Scan;

/**
 * A walk over the store for one client. It goes in steps that hold a shard's lock for a few dozen
 * items at most, and between the steps lets the event loop do its other work and the client take
 * what was written. Owner: the event loop of the client.
 */
final class Walk implements Client.Feed {
    /** Items of one step: what they write fits into one buffer of the output. */
    private static final int STEP_ITEMS = 32;
    private static final int STEPS = 64;

    private final LoopContext loop;
    private final Scan scan;
    private final Lines format;
    private final AdminCounters counters;
    private final LineBuffer lines = new LineBuffer();
    private boolean started;
    private boolean ended;
    private int visited;

    /** What a walk writes. Called under a shard's lock but for start and end. */
    interface Lines {
        /** What comes before the items. */
        default void start(LineBuffer to) {}

        void item(ItemFields item, LineBuffer to);

        /** Whether enough was written. */
        default boolean isEnough() {
            return false;
        }

        void end(LineBuffer to);
    }

    Walk(LoopContext loop, Lines format, AdminCounters counters) {
        this.loop = loop;
        this.scan = loop.store().scan();
        this.format = format;
        this.counters = counters;
        counters.walkStarted();
    }

    @Override
    public Next fill(Client client) {
        if (!started) {
            started = true;
            format.start(lines);
        }
        boolean more = true;
        for (int step = 0; step < STEPS && more && lines.length() < Output.MAX_ENSURE / 2; step++) {
            more = scan.next(this::visit, STEP_ITEMS, loop.now()) && !format.isEnough();
        }
        counters.walked(visited);
        visited = 0;
        if (!more) {
            format.end(lines);
        }
        lines.writeTo(client.output());
        if (!more) {
            ended();
            return Next.DONE;
        }
        client.wake();
        return Next.WAIT;
    }

    private void visit(ItemFields item) {
        visited++;
        if (!format.isEnough()) {
            format.item(item, lines);
        }
    }

    @Override
    public void closed() {
        ended();
    }

    private void ended() {
        if (!ended) {
            ended = true;
            counters.walkEnded();
        }
    }
}
