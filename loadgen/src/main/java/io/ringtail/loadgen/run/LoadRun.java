package io.ringtail.loadgen.run;

import io.ringtail.loadgen.net.LoadAlarm;
import io.ringtail.loadgen.net.LoadClient;
import io.ringtail.loadgen.net.Server;
import io.ringtail.loadgen.stats.Interval;
import io.ringtail.loadgen.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan from one thread, and hands on what was counted about once a second. {@link #stop},
 * {@link #rate} and the alarms may come from any thread.
 */
public final class LoadRun implements LoadAlarm {
    private static final long TAKE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int ANSWER_SECONDS = 60;

    private final LoadPlan plan;
    private final List<Server> servers;
    private final List<? extends Workload> workloads;
    private final Progress progress;
    private final AtomicReference<@Nullable String> wrongReply = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> bug = new AtomicReference<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stopped;
    private volatile List<LoopDriver> drivers = List.of();

    /** Hears how a load goes; called on the thread that runs it. */
    public interface Progress {
        /** What was counted in the seconds from one instant to another since the start. */
        void passed(double fromSeconds, double toSeconds, Interval counted);

        /** A server answered with an error line. Called on event loops. */
        void refused(String line);
    }

    /** A workload for each loop; the same one where it may be shared. */
    public LoadRun(LoadPlan plan, List<Server> servers, List<? extends Workload> workloads,
            Progress progress) {
        this.plan = plan;
        this.servers = List.copyOf(servers);
        this.workloads = List.copyOf(workloads);
        this.progress = progress;
    }

    /** Runs until the time is over, the workload has ended or somebody stops it. */
    public void run() throws InterruptedException, WrongValueException {
        var made = new ArrayList<LoopDriver>();
        try (var client = LoadClient.open(plan.client(), servers, this)) {
            for (int i = 0; i < client.loops().size(); i++) {
                made.add(new LoopDriver(client.loops().get(i), i, plan, servers.size(),
                        workloads.get(i), progress::refused));
            }
            drivers = List.copyOf(made);
            CompletableFuture.allOf(
                    drivers.stream().map(LoopDriver::exhausted).toArray(CompletableFuture[]::new))
                    .thenRun(this::stop);
            drivers.forEach(it -> it.start(plan.pace().rate() / drivers.size()));
            watch(System.nanoTime());
            drivers = List.of();
        } finally {
            made.forEach(LoopDriver::dispose);
        }
        var cause = bug.get();
        if (cause != null) {
            throw new IllegalStateException("the load generator failed", cause);
        }
        var wrong = wrongReply.get();
        if (wrong != null) {
            throw new WrongValueException(wrong);
        }
    }

    private void watch(long began) throws InterruptedException {
        long warm = began + nanos(plan.pace().warmupSeconds());
        if (plan.pace().warmupSeconds() > 0) {
            await(warm);
            take();
        }
        long start = System.nanoTime();
        long end =
                plan.pace().seconds() == 0 ? Long.MAX_VALUE : start + nanos(plan.pace().seconds());
        long last = start;
        for (long next = start + TAKE_NANOS; next < end && !await(next); next += TAKE_NANOS) {
            last = report(start, last);
        }
        await(end);
        var stops = drivers.stream().map(LoopDriver::stop).toList();
        long stop = System.nanoTime();
        joined(stops);
        var rest = take();
        progress.passed(seconds(last - start), seconds(stop - start), rest);
    }

    private long report(long start, long last) throws InterruptedException {
        long now = System.nanoTime();
        progress.passed(seconds(last - start), seconds(now - start), take());
        return now;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * TAKE_NANOS);
    }

    private static double seconds(long nanos) {
        return (double) nanos / TAKE_NANOS;
    }

    /** Waits until that instant; true where it was stopped before. */
    private boolean await(long instant) throws InterruptedException {
        lock.lock();
        try {
            while (!stopped) {
                long left = instant - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Interval take() throws InterruptedException {
        var all = Interval.empty();
        joined(drivers.stream().map(LoopDriver::take).toList()).forEach(all::add);
        return all;
    }

    private static <T> List<T> joined(List<CompletableFuture<T>> futures)
            throws InterruptedException {
        var results = new ArrayList<T>();
        for (var future : futures) {
            try {
                results.add(future.get(ANSWER_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("an event loop does not answer", e);
            }
        }
        return results;
    }

    /** Ends the run early. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Goes on at another rate: operations a second, 0 for as many as come back. */
    public void rate(double rate) {
        var all = drivers;
        all.forEach(it -> it.rate(rate / all.size()));
    }

    @Override
    public void wrongReply(String what) {
        wrongReply.compareAndSet(null, what);
        stop();
    }

    @Override
    public void broken(Throwable cause) {
        bug.compareAndSet(null, cause);
        stop();
    }
}
