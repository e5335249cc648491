package io.ringtail.loadgen.run;

import io.ringtail.loadgen.exchange.CommandWriter;
import io.ringtail.loadgen.exchange.Exchange;
import io.ringtail.loadgen.exchange.ExchangeListener;
import io.ringtail.loadgen.net.LoadLoop;
import io.ringtail.loadgen.preset.Bits;
import io.ringtail.loadgen.run.LoadPlan.Batches;
import io.ringtail.loadgen.run.LoadPlan.Spread;
import io.ringtail.loadgen.workload.Operation;
import io.ringtail.loadgen.workload.Step;
import io.ringtail.loadgen.workload.Workload;
import java.util.Arrays;

/**
 * Stands for one client: sends a batch, each key to its server, waits for all replies, stores what
 * it missed, and is idle again. Owner: an event loop.
 */
final class Worker implements ExchangeListener {
    private static final int NONE = -1;

    private final LoadLoop loop;
    private final Workload workload;
    private final Batches batches;
    private final Spread spread;
    private final Source source;
    private final CommandWriter writer;
    private final Exchange[] exchanges;
    private final Step step = new Step();
    private final Fills fills = new Fills();
    /** The entry where the multi-get that is being written begins, for each server. */
    private final int[] firstOfGet;
    private boolean stepIsHeld;
    private int turn;
    private int outstanding;
    private boolean hadFailure;

    /** Gives workers something to do. */
    interface Source {
        /** The batch is done; {@code failed} where a server could not be asked. */
        void idle(Worker worker, boolean failed);

        /** The workload has ended. */
        void finished(Worker worker);

        /** A server answered with an error line. */
        void refused(String line);
    }

    Worker(LoadLoop loop, Workload workload, LoadPlan plan, int servers, Source source) {
        this.loop = loop;
        this.workload = workload;
        this.batches = plan.batches();
        this.spread = plan.spread();
        this.source = source;
        this.writer = new CommandWriter(batches.meta());
        this.exchanges = new Exchange[servers];
        Arrays.setAll(exchanges, i -> new Exchange(this));
        this.firstOfGet = new int[servers];
    }

    /** Sends the next batch, which was due at that time. */
    void start(long dueNanos) {
        hadFailure = false;
        clear(dueNanos);
        boolean more = true;
        for (int i = 0; i < batches.pipeline() && more; i++) {
            more = writeNext();
        }
        if (!send()) {
            source.finished(this);
        }
    }

    private void clear(long dueNanos) {
        for (var exchange : exchanges) {
            exchange.clear(dueNanos);
        }
    }

    /** Writes one command; false where there are no more steps. */
    private boolean writeNext() {
        if (!nextStep()) {
            return false;
        }
        if (batches.keysPerGet() > 1 && step.operation() == Operation.READ) {
            writeMultiGet();
        } else {
            writer.write(exchanges[server(step.key())], step);
        }
        return true;
    }

    private boolean nextStep() {
        if (stepIsHeld) {
            stepIsHeld = false;
            return true;
        }
        return workload.next(step);
    }

    /** Reads that follow each other, up to as many as one get has keys, each to its server. */
    private void writeMultiGet() {
        Arrays.fill(firstOfGet, NONE);
        int left = batches.keysPerGet();
        do {
            int server = server(step.key());
            firstOfGet[server] = writer.readAlso(exchanges[server], step, firstOfGet[server]);
            left--;
        } while (left > 0 && nextRead());
        for (int server = 0; server < exchanges.length; server++) {
            if (firstOfGet[server] != NONE) {
                writer.endRead(exchanges[server], firstOfGet[server]);
            }
        }
    }

    private boolean nextRead() {
        if (!workload.next(step)) {
            return false;
        }
        stepIsHeld = step.operation() != Operation.READ;
        return !stepIsHeld;
    }

    private int server(long key) {
        if (exchanges.length == 1) {
            return 0;
        }
        return switch (spread) {
            case BY_KEY -> (int) Math.unsignedMultiplyHigh(Bits.mix(key), exchanges.length);
            case ANY -> turn++ % exchanges.length;
        };
    }

    /** Sends what was written; false where that is nothing. */
    private boolean send() {
        for (var exchange : exchanges) {
            outstanding += exchange.isEmpty() ? 0 : 1;
        }
        if (outstanding == 0) {
            return false;
        }
        for (int server = 0; server < exchanges.length; server++) {
            if (!exchanges[server].isEmpty()) {
                loop.send(server, exchanges[server]);
            }
        }
        return true;
    }

    @Override
    public void missed(long key, int keyBytes, int valueBytes, int ttlSeconds) {
        if (batches.fills()) {
            fills.add(key, keyBytes, valueBytes, ttlSeconds);
        }
    }

    @Override
    public void refused(String line) {
        source.refused(line);
    }

    @Override
    public void answered(Exchange exchange) {
        done();
    }

    @Override
    public void failed(Exchange exchange) {
        hadFailure = true;
        done();
    }

    private void done() {
        if (--outstanding > 0) {
            return;
        }
        if (fills.isEmpty() || hadFailure) {
            fills.clear();
            source.idle(this, hadFailure);
        } else {
            clear(loop.nowNanos());
            fills.writeTo(this::fill);
            fills.clear();
            send();
        }
    }

    private void fill(long key, int keyBytes, int valueBytes, int ttlSeconds) {
        writer.set(exchanges[server(key)], key, keyBytes, valueBytes, ttlSeconds);
    }

    void dispose() {
        for (var exchange : exchanges) {
            exchange.dispose();
        }
    }
}
