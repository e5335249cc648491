package io.ringtail.server.session;

import io.ringtail.server.session.Session.Origin;

/** Takes over the connections of other nodes. Owner: an event loop. */
public interface PeerAcceptor {
    PeerConnection accept(Transport transport, Origin origin);
}
