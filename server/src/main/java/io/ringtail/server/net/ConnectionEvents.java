package io.ringtail.server.net;

import io.ringtail.server.execution.Watchers;
import io.ringtail.server.session.Origin;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells watchers of one connection that it came, went or could not be encrypted. Stateless. */
record ConnectionEvents(Watchers watchers, Origin origin) {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionEvents.class);

    /** Why a connection was closed. */
    enum Reason {
        ERROR, NORMAL, IDLE_TIMEOUT
    }

    void opened() {
        if (LOG.isDebugEnabled()) {
            LOG.debug("<{} new client connection from {}", origin.id(), origin.address());
        }
        if (wanted()) {
            watchers.publish(Watchers.CONNEVENTS,
                    "type=conn_new " + endpoint() + " cfd=" + origin.id());
        }
    }

    void closed(Reason reason) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("<{} connection closed.", origin.id());
        }
        if (wanted()) {
            watchers.publish(Watchers.CONNEVENTS, "type=conn_close " + endpoint() + " reason="
                    + reason.name().toLowerCase(Locale.ROOT) + " cfd=" + origin.id());
        }
    }

    void notEncrypted(Throwable cause) {
        if (wanted()) {
            watchers.publish(Watchers.CONNEVENTS,
                    "type=conntlserr fd=" + origin.id() + " msg=" + cause.getMessage());
        }
    }

    private boolean wanted() {
        return (watchers.streams() & Watchers.CONNEVENTS) != 0;
    }

    /** {@code tcp:127.0.0.1:5}, {@code tcp6:[::1]:5} or {@code unix:/path}, taken apart. */
    private String endpoint() {
        var address = origin.address();
        if (!address.startsWith("tcp")) {
            return "rip=unix rport=0 transport=local";
        }
        int port = address.lastIndexOf(':');
        var host = address.substring(address.indexOf(':') + 1, port);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        return "rip=" + host + " rport=" + address.substring(port + 1) + " transport=tcp";
    }
}
