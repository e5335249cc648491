package io.ringtail.server.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * How long tests wait for what must come: far longer than it takes on a machine that many others
 * use, since only a failure waits so long.
 */
public final class Patience {
    public static final Duration LIMIT = Duration.ofSeconds(60);
    public static final int SECONDS = (int) LIMIT.toSeconds();
    public static final int MILLIS = (int) LIMIT.toMillis();

    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Patience() {}

    /** What is waited for; a failure to look fails the test. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until the condition holds; where it never does, the test fails with what it says. */
    public static void until(Condition condition, Supplier<String> otherwise) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("in vain for seconds=" + SECONDS + ": " + otherwise.get());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** Waits for a process to end. */
    public static int exitCode(Process process, Supplier<String> said) throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running, pid=" + process.pid() + ": " + said.get());
        }
        return process.exitValue();
    }
}
