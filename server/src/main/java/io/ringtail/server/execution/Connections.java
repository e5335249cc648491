package io.ringtail.server.execution;

import java.util.List;

/** The node's connections, for statistics. Thread-safe. */
public interface Connections {
    int current();

    long total();

    long rejected();

    /** How often and how long (microseconds) accepting was off because the limit was reached. */
    long listenDisabled();

    long listenDisabledMicros();

    boolean isAccepting();

    List<Row> rows();

    /** One connection or listener as stats conns reports it; state in memcached's words. */
    record Row(long id, String address, String listenAddress, String state,
            int secondsSinceLastCommand) {}
}
