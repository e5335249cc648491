package io.ringtail.loadgen.run;

import io.ringtail.loadgen.net.LoadLoop;
import io.ringtail.loadgen.stats.Failure;
import io.ringtail.loadgen.stats.Interval;
import io.ringtail.loadgen.stats.Measure;
import io.ringtail.loadgen.workload.Workload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the workers of one loop busy: each starts again when it is done, or, at a fixed rate, when
 * the next batch is due. A batch that found no idle worker starts late, and its latency counts from
 * when it was due. Owner: that loop; what returns futures may be called from anywhere.
 */
final class LoopDriver implements Worker.Source {
    /** Before a worker whose server could not be asked tries again. */
    private static final long BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** After the end, for what was due before it and found no idle worker yet. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final double NANOS = 1e9;

    private final LoadLoop loop;
    private final List<Worker> workers = new ArrayList<>();
    private final ArrayDeque<Worker> idle = new ArrayDeque<>();
    private final Consumer<String> refusals;
    private final int operationsOfBatch;
    private final CompletableFuture<Void> exhausted = new CompletableFuture<>();
    private boolean stopping;
    /** Nothing that is due later is sent. */
    private long lastDueNanos = Long.MAX_VALUE;
    private boolean workloadEnded;
    /** Nanoseconds between batches, 0 for a closed loop. */
    private double gapNanos;
    private double nextDueNanos;
    private boolean timerIsSet;
    private boolean starting;

    LoopDriver(LoadLoop loop, int number, LoadPlan plan, int servers, Workload workload,
            Consumer<String> refusals) {
        this.loop = loop;
        this.refusals = refusals;
        this.operationsOfBatch = plan.batches().operations();
        for (int i = 0; i < plan.workersOfLoop(number); i++) {
            workers.add(new Worker(loop, workload, plan, servers, this));
        }
    }

    /** Lets all workers start, {@code rate} operations a second or, where it is 0, as they come. */
    void start(double rate) {
        loop.execute(() -> {
            idle.addAll(workers);
            changeRate(rate);
        });
    }

    void rate(double rate) {
        loop.execute(() -> changeRate(rate));
    }

    private void changeRate(double rate) {
        gapNanos = rate > 0 ? NANOS * operationsOfBatch / rate : 0;
        nextDueNanos = loop.nowNanos();
        timerIsSet = false;
        startDue();
    }

    /** Starts what is due with the workers that are idle, and sees to what is due next. */
    private void startDue() {
        if (stopping || starting) {
            return;
        }
        starting = true;
        try {
            if (gapNanos == 0) {
                startAll();
            } else {
                startPaced();
            }
        } finally {
            starting = false;
        }
    }

    private void startAll() {
        for (int i = idle.size(); i > 0 && !workloadEnded; i--) {
            idle.removeLast().start(loop.nowNanos());
        }
    }

    private void startPaced() {
        long now = loop.nowNanos();
        while (!idle.isEmpty() && isDue(now) && !workloadEnded) {
            long due = takeDue();
            loop.tally().sentLate(now - due);
            idle.removeLast().start(due);
        }
        if (!idle.isEmpty() && !timerIsSet && !workloadEnded && nextDueNanos <= lastDueNanos) {
            timerIsSet = true;
            loop.after(Math.max(0, (long) nextDueNanos - now), this::timer);
        }
    }

    private boolean isDue(long now) {
        return nextDueNanos <= now && nextDueNanos <= lastDueNanos;
    }

    private long takeDue() {
        long due = (long) nextDueNanos;
        nextDueNanos += gapNanos;
        return due;
    }

    private void timer() {
        timerIsSet = false;
        startDue();
    }

    @Override
    public void idle(Worker worker, boolean failed) {
        if (stopping || workloadEnded) {
            rest(worker);
        } else if (failed && gapNanos == 0) {
            loop.after(BACKOFF_NANOS, () -> again(worker));
        } else if (failed) {
            idle.add(worker);
            startDue();
        } else {
            again(worker);
        }
    }

    private void again(Worker worker) {
        long now = loop.nowNanos();
        if (stopping || workloadEnded) {
            rest(worker);
        } else if (gapNanos == 0) {
            worker.start(now);
        } else if (isDue(now)) {
            worker.start(takeDue());
        } else {
            idle.add(worker);
            startDue();
        }
    }

    private void rest(Worker worker) {
        idle.add(worker);
        if (workloadEnded && idle.size() == workers.size()) {
            exhausted.complete(null);
        }
    }

    @Override
    public void finished(Worker worker) {
        workloadEnded = true;
        rest(worker);
    }

    @Override
    public void refused(String line) {
        refusals.accept(line);
    }

    /** Completes when the workload has ended and its last reply is there. */
    CompletableFuture<Void> exhausted() {
        return exhausted;
    }

    /**
     * Starts nothing any more but what is due already; completes when all replies are there.
     */
    CompletableFuture<Void> stop() {
        var stopped = new CompletableFuture<Void>();
        loop.execute(() -> {
            lastDueNanos = loop.nowNanos();
            stopping = gapNanos == 0;
            startDue();
            awaitSent(stopped);
        });
        return stopped;
    }

    private void awaitSent(CompletableFuture<Void> stopped) {
        long now = loop.nowNanos();
        if (gapNanos > 0 && !workloadEnded && isDue(now) && now - lastDueNanos < GRACE_NANOS) {
            loop.after(BACKOFF_NANOS, () -> awaitSent(stopped));
        } else {
            stopping = true;
            countUnsent(now);
            awaitIdle(stopped);
        }
    }

    /** What was due and is still not sent is a failure that took until now. */
    private void countUnsent(long now) {
        for (; gapNanos > 0 && !workloadEnded && isDue(now); nextDueNanos += gapNanos) {
            loop.tally()
                    .failed(Measure.GET, Failure.UNSENT, now - (long) nextDueNanos,
                            operationsOfBatch);
        }
    }

    private void awaitIdle(CompletableFuture<Void> stopped) {
        if (idle.size() == workers.size()) {
            stopped.complete(null);
        } else {
            loop.after(BACKOFF_NANOS, () -> awaitIdle(stopped));
        }
    }

    /** Gives memory back, once the loop has ended. */
    void dispose() {
        workers.forEach(Worker::dispose);
    }

    /** What this loop counted since it was asked last. */
    CompletableFuture<Interval> take() {
        var taken = new CompletableFuture<Interval>();
        loop.execute(() -> taken.complete(loop.tally().take()));
        return taken;
    }
}
