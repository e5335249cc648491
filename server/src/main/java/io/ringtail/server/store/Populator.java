package io.ringtail.server.store;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Has a pool's segments populated before anybody takes them, on a thread of its own: finding and
 * zeroing a huge page can take the kernel longer than a turn of an event loop may. The thread
 * starts with the first work and waits while there is none. A loop that outruns it gets small
 * pages, one at a time, as it touches them. Thread-safe; started under the pool's lock.
 */
final class Populator implements Runnable, AutoCloseable {
    private final SegmentPool pool;
    @Nullable private volatile Thread thread;
    private volatile boolean closed;

    Populator(SegmentPool pool) {
        this.pool = pool;
    }

    /** There may be work. Under the pool's lock. */
    void wake() {
        var running = thread;
        if (running != null) {
            LockSupport.unpark(running);
        } else if (!closed) {
            thread = Thread.ofPlatform().name("pages").daemon().start(this);
        }
    }

    @Override
    public void run() {
        while (!closed) {
            if (!pool.populate()) {
                LockSupport.park(this);
            }
        }
    }

    /** Waits until the thread has ended: the memory is about to go. */
    @Override
    public void close() {
        closed = true;
        var running = thread;
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            LockSupport.unpark(running);
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
