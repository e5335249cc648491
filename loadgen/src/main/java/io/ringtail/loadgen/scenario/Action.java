package io.ringtail.loadgen.scenario;

import io.ringtail.loadgen.proxy.Faults;

/** What a step does. Servers are numbered from 0, as --servers lists them. */
sealed interface Action {
    /** Refuses connections and ends those there are, as a server that is gone. */
    record Stop(int server) implements Action {}

    /** Takes connections again. */
    record Start(int server) implements Action {}

    /** Ends all connections, once. */
    record Reset(int server) implements Action {}

    /** Passes on late, slowly or not at all; or, with {@link Faults#NONE}, faithfully again. */
    record Mistreat(int server, Faults faults) implements Action {}

    /** Asks as often as this from now on; 0 for as many as come back. */
    record Rate(double operationsPerSecond) implements Action {}
}
