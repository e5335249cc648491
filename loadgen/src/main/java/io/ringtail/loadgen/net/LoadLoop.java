package io.ringtail.loadgen.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.ringtail.loadgen.exchange.Exchange;
import io.ringtail.loadgen.exchange.ReplyReader;
import io.ringtail.loadgen.stats.LoopTally;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One event loop of the client, with its connections and its counts. Owner: that event loop; {@link
 * #execute} may be called from anywhere.
 */
public final class LoadLoop {
    private static final long TIMEOUT_CHECK_MILLIS = 20;

    private final EventLoop eventLoop;
    private final LoadAlarm alarm;
    private final LoopTally tally = new LoopTally();
    private final ReplyReader replies = new ReplyReader(tally);
    private final ReceiveBuffer receiveBuffer = new ReceiveBuffer();
    private final List<Lane> lanes;
    private long nowNanos = System.nanoTime();

    LoadLoop(EventLoop eventLoop, Bootstrap bootstrap, List<Server> servers, int connections,
            LoadAlarm alarm) {
        this.eventLoop = eventLoop;
        this.alarm = alarm;
        var own = bootstrap.clone(eventLoop);
        this.lanes = servers.stream().map(it -> new Lane(this, it, own, connections)).toList();
    }

    void watchTimeouts(int timeoutMillis) {
        long timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        eventLoop.scheduleAtFixedRate(() -> {
            startTurn();
            lanes.forEach(it -> it.checkTimeouts(timeoutNanos));
        }, TIMEOUT_CHECK_MILLIS, TIMEOUT_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Reads the clock. */
    void startTurn() {
        nowNanos = System.nanoTime();
    }

    /** When this turn of the loop started. */
    public long nowNanos() {
        return nowNanos;
    }

    public LoopTally tally() {
        return tally;
    }

    ReplyReader replies() {
        return replies;
    }

    ReceiveBuffer receiveBuffer() {
        return receiveBuffer;
    }

    void desynchronized(String what) {
        alarm.wrongReply(what);
    }

    void broken(Throwable cause) {
        alarm.broken(cause);
    }

    /** Sends to the server of this number; the exchange's listener hears what became of it. */
    public void send(int server, Exchange exchange) {
        lanes.get(server).send(exchange);
    }

    public void execute(Runnable task) {
        eventLoop.execute(() -> {
            startTurn();
            guarded(task);
        });
    }

    public void after(long nanos, Runnable task) {
        eventLoop.schedule(() -> {
            startTurn();
            guarded(task);
        }, nanos, TimeUnit.NANOSECONDS);
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            alarm.broken(e);
        }
    }

    /** Ends all connections. */
    void close() {
        lanes.forEach(Lane::close);
        receiveBuffer.dispose();
    }
}
