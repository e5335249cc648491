package io.ringtail.server.net;

import io.netty.channel.EventLoop;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.session.SessionContext;

/** One event loop and what its connections share. Owner: that event loop. */
public final class Loop {
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

    /** Reads the clock; to be called before anything that executes commands. */
    public void startTurn() {
        int now = context().node().clock().nowSeconds();
        context().startTurn(now);
        failures.second(now);
    }
}
