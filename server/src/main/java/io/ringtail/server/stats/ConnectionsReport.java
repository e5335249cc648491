package io.ringtail.server.stats;

import io.ringtail.server.execution.Connections;
import io.ringtail.server.execution.Connections.Row;

/**
 * {@code stats conns}: every connection and listener. {@code asking} is the one whose command this
 * is. Owner: the event loop that reports.
 */
record ConnectionsReport(Figures figures, long asking) {
    void write(Connections connections) {
        connections.rows().forEach(this::write);
    }

    private void write(Row row) {
        var one = figures.behind(row.id() + ":");
        if (row.address().startsWith("udp")) {
            one.text("UDP", "UDP");
        }
        one.text("addr", row.address());
        if (!row.state().equals("conn_listening")) {
            one.text("listen_addr", row.listenAddress());
        }
        one.text("state", row.id() == asking ? "conn_parse_cmd" : row.state());
        one.number("secs_since_last_cmd", row.secondsSinceLastCommand());
    }
}
