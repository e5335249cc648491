package io.ringtail.loadgen.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** The states of a circuit breaker; the ordinal is what metrics show. */
public enum BreakerState {
    CLOSED("closed"), HALF_OPEN("half-open"), OPEN("open");

    private final String text;

    BreakerState(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    static BreakerState of(CircuitBreaker.State state) {
        return switch (state) {
            case OPEN, FORCED_OPEN -> OPEN;
            case HALF_OPEN -> HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> CLOSED;
        };
    }
}
