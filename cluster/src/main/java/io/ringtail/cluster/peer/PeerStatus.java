package io.ringtail.cluster.peer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.github.resilience4j.core.IntervalFunction;
import io.ringtail.metrics.counters.PeerCounters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node makes of one peer: a circuit breaker that all event loops share, and what they
 * counted. A time-out, or a connection that cannot be opened, opens the breaker; then one loop at a
 * time tries to reach the peer, after growing pauses, and an answered PING closes it. Commands only
 * look whether it is closed, which is one field. Thread-safe.
 */
public final class PeerStatus {
    static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final double PAUSE_GROWTH = 2;

    private static final Logger LOG = LoggerFactory.getLogger(PeerStatus.class);

    private final String peer;
    private final CircuitBreaker breaker;
    private final List<PeerCounters> counters = new CopyOnWriteArrayList<>();
    private final AtomicBoolean missedFlush = new AtomicBoolean();
    private volatile State state = State.CLOSED;
    private volatile String lastFailure = "";

    /** Metrics show the ordinal. */
    public enum State {
        CLOSED, HALF_OPEN, OPEN
    }

    public PeerStatus(String peer) {
        this(peer, System::nanoTime);
    }

    PeerStatus(String peer, LongSupplier nanoTime) {
        this.peer = peer;
        InstantSource source = () -> Instant.EPOCH.plusNanos(nanoTime.getAsLong());
        this.breaker = CircuitBreaker.of(peer,
                CircuitBreakerConfig.custom()
                        .clock(source.withZone(Clock.systemUTC().getZone()))
                        .slidingWindow(1, 1, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(IntervalFunction
                                .ofExponentialBackoff(FIRST_PAUSE, PAUSE_GROWTH, LONGEST_PAUSE))
                        .build());
        breaker.getEventPublisher().onStateTransition(this::changed);
    }

    private void changed(CircuitBreakerOnStateTransitionEvent event) {
        var before = event.getStateTransition().getFromState();
        switch (event.getStateTransition().getToState()) {
            case CLOSED -> {
                state = State.CLOSED;
                LOG.warn("peer {} is reachable again", peer);
            }
            case HALF_OPEN -> {
                state = State.HALF_OPEN;
                LOG.debug("peer {} is tried again", peer);
            }
            default -> {
                state = State.OPEN;
                if (before == CircuitBreaker.State.CLOSED) {
                    LOG.warn("peer {} is unreachable: {}", peer, lastFailure);
                } else {
                    LOG.debug("peer {} is still unreachable: {}", peer, lastFailure);
                }
            }
        }
    }

    /** The peer's name on the ring. */
    public String peer() {
        return peer;
    }

    public State state() {
        return state;
    }

    /** Whether commands may be sent. */
    public boolean isClosed() {
        return state == State.CLOSED;
    }

    /**
     * Whether a connection may be opened: any, or one to find out whether the peer is back, after
     * which {@link #succeeded} or {@link #failed} has to follow.
     */
    boolean mayDial() {
        return isClosed() || breaker.tryAcquirePermission();
    }

    void succeeded() {
        if (!isClosed()) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
    }

    void failed(String why) {
        lastFailure = why;
        breaker.onError(0, TimeUnit.NANOSECONDS, new PeerException(why));
    }

    void differs() {
        LOG.info("peer {} goes by another list of members", peer);
    }

    /** The peer could not be told to flush: it is told as soon as it can be reached. */
    public void missedFlush() {
        missedFlush.set(true);
    }

    /** Whether the peer is to be told; true for one who asks, who tells it then. */
    boolean takeMissedFlush() {
        return missedFlush.get() && missedFlush.getAndSet(false);
    }

    /** Counters for one more event loop, which owns them. */
    PeerCounters newCounters() {
        var added = new PeerCounters();
        counters.add(added);
        return added;
    }

    /** What all event loops counted, since the start. */
    public PeerCounters counted() {
        var sum = new PeerCounters();
        counters.forEach(sum::add);
        return sum;
    }
}
