package io.ringtail.server.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A lock for sections of some hundred nanoseconds: spins a little, yields a little, then naps. Not
 * fair, not reentrant, allocates nothing. Hot path: see StoreBenchmark.
 */
final class ShardLock {
    private static final int SPINS = 200;
    private static final int YIELDS = 50;
    private static final long NAP_NANOS = 20_000;
    private static final VarHandle OWNER;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(ShardLock.class, "owner", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Nullable private volatile Thread owner;

    void lock() {
        var me = Thread.currentThread();
        if (!OWNER.compareAndSet(this, null, me)) {
            lockSlowly(me);
        }
    }

    void unlock() {
        OWNER.setRelease(this, null);
    }

    boolean heldByMe() {
        return owner == Thread.currentThread();
    }

    private void lockSlowly(Thread me) {
        if (owner == me) {
            throw new IllegalStateException("shard locked twice by thread=" + me.getName());
        }
        for (int attempt = 0;; attempt++) {
            if (owner == null && OWNER.compareAndSet(this, null, me)) {
                return;
            }
            if (attempt < SPINS) {
                Thread.onSpinWait();
            } else if (attempt < SPINS + YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }
}
