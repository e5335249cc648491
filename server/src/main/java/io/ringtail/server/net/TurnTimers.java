package io.ringtail.server.net;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.ringtail.server.execution.TurnTimes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Times the turns of event loops ({@code --time-turns}): two readings of the thread's CPU clock for
 * each, some hundred nanoseconds. A loop waits for the network inside its handler, and waiting
 * takes no CPU time, so what lies between two entries into the handler is a turn. Thread-safe.
 */
public final class TurnTimers {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<TurnTimes> times = new CopyOnWriteArrayList<>();

    /** The same handlers, timed. */
    public IoHandlerFactory around(IoHandlerFactory factory) {
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor executor) {
                var loop = new TurnTimes();
                times.add(loop);
                return new TimedHandler(factory.newHandler(executor), threads, loop);
            }

            @Override
            public boolean isChangingThreadSupported() {
                return factory.isChangingThreadSupported();
            }
        };
    }

    /** One for each loop, as loops come up. */
    public List<TurnTimes> times() {
        return times;
    }

    /** Owner: the event loop that it handles. */
    private static final class TimedHandler implements IoHandler {
        private final IoHandler handler;
        private final ThreadMXBean threads;
        private final TurnTimes times;
        private long entered = -1;
        private long left;

        TimedHandler(IoHandler handler, ThreadMXBean threads, TurnTimes times) {
            this.handler = handler;
            this.threads = threads;
            this.times = times;
        }

        @Override
        public int run(IoHandlerContext context) {
            long now = threads.getCurrentThreadCpuTime();
            if (entered >= 0) {
                times.turn(left - entered, now - left);
            }
            entered = now;
            int handled = handler.run(context);
            left = threads.getCurrentThreadCpuTime();
            return handled;
        }

        @Override
        public void initialize() {
            handler.initialize();
        }

        @Override
        public void prepareToDestroy() {
            handler.prepareToDestroy();
        }

        @Override
        public void destroy() {
            handler.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return handler.register(handle);
        }

        @Override
        public void wakeup() {
            handler.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return handler.isCompatible(handleType);
        }
    }
}
