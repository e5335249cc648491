package io.ringtail.loadgen.scenario;

import io.ringtail.loadgen.breaker.BreakerState;

/** A server's breaker comes into a state within some seconds. */
record BreakerExpectation(int server, BreakerState state, double withinSeconds) {}
