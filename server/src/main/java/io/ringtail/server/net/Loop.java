package io.ringtail.server.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.session.SessionContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.function.Consumer;

/** One event loop and what its connections share. Owner: that event loop. */
public final class Loop {
    private static final int PATIENCE_MILLIS = 1000;

    private final EventLoop eventLoop;
    private final SessionContext sessions;
    private final LoopReceiveBuffer receiveBuffer;
    private final Failures failures = new Failures();
    private final Stopwatch stopwatch;

    public Loop(EventLoop eventLoop, SessionContext sessions) {
        this.eventLoop = eventLoop;
        this.sessions = sessions;
        this.receiveBuffer = new LoopReceiveBuffer(sessions.memory());
        this.stopwatch = new Stopwatch(sessions.loop());
    }

    public EventLoop eventLoop() {
        return eventLoop;
    }

    public SessionContext sessions() {
        return sessions;
    }

    LoopContext context() {
        return sessions.loop();
    }

    LoopReceiveBuffer receiveBuffer() {
        return receiveBuffer;
    }

    Stopwatch stopwatch() {
        return stopwatch;
    }

    public Failures failures() {
        return failures;
    }

    /**
     * Runs {@code task} for each loop, on that loop, and returns when all have. A loop that is told
     * to end while it runs its tasks ends without closing what is open on it: so connections are
     * closed before.
     */
    public static void onEach(Collection<Loop> loops, Consumer<Loop> task) {
        var done = new ArrayList<Future<?>>();
        for (var loop : loops) {
            done.add(loop.eventLoop.submit(() -> task.accept(loop)));
        }
        done.forEach(each -> each.awaitUninterruptibly(PATIENCE_MILLIS));
    }

    /** Reads the clock; to be called before anything that executes commands. */
    public void startTurn() {
        int now = context().node().clock().nowSeconds();
        context().startTurn(now);
        failures.second(now);
    }
}
