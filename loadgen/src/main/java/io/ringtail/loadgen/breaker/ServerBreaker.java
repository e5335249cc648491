package io.ringtail.loadgen.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps requests away from a server that does not answer. Counts since the last change of state,
 * as its metrics show them. Thread-safe.
 */
public final class ServerBreaker {
    private static final Logger LOG = LoggerFactory.getLogger(ServerBreaker.class);

    private final String server;
    private final CircuitBreaker breaker;
    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicInteger consecutiveFailures = new AtomicInteger();
    private final ConcurrentMap<Transition, LongAdder> transitions = new ConcurrentHashMap<>();

    /** A change of state. */
    public record Transition(BreakerState from, BreakerState to) {}

    public ServerBreaker(String server, BreakerConfig config) {
        this.server = server;
        this.breaker = CircuitBreaker.of(server,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(config.window())
                        .minimumNumberOfCalls(config.window())
                        .failureRateThreshold(config.failurePercent())
                        .permittedNumberOfCallsInHalfOpenState(config.probes())
                        .waitDurationInOpenState(Duration.ofMillis(config.openMillis()))
                        .build());
        breaker.getEventPublisher().onStateTransition(this::changed);
    }

    private void changed(CircuitBreakerOnStateTransitionEvent event) {
        var change = event.getStateTransition();
        var transition = new Transition(BreakerState.of(change.getFromState()),
                BreakerState.of(change.getToState()));
        LOG.warn("circuit breaker of {}: {} -> {}", server, transition.from().text(),
                transition.to().text());
        transitions.computeIfAbsent(transition, key -> new LongAdder()).increment();
        requests.reset();
        failures.reset();
        consecutiveFailures.set(0);
    }

    public String server() {
        return server;
    }

    /** Whether a request may be sent; then {@link #succeeded} or {@link #failed} has to follow. */
    public boolean allows() {
        if (!breaker.tryAcquirePermission()) {
            return false;
        }
        requests.increment();
        return true;
    }

    public void succeeded(long nanos) {
        if (consecutiveFailures.get() != 0) {
            consecutiveFailures.set(0);
        }
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    public void failed(long nanos, Exception why) {
        failures.increment();
        consecutiveFailures.incrementAndGet();
        breaker.onError(nanos, TimeUnit.NANOSECONDS, why);
    }

    public BreakerState state() {
        return BreakerState.of(breaker.getState());
    }

    public long requests() {
        return requests.sum();
    }

    public long failures() {
        return failures.sum();
    }

    public int consecutiveFailures() {
        return consecutiveFailures.get();
    }

    public long transitions(Transition transition) {
        var count = transitions.get(transition);
        return count == null ? 0 : count.sum();
    }

    /** Every change of state that happened, with how often. */
    public Map<Transition, Long> transitions() {
        var counts = new HashMap<Transition, Long>();
        transitions.forEach((transition, count) -> counts.put(transition, count.sum()));
        return counts;
    }
}
