package io.ringtail.server.session;

/** Takes over the connections of other nodes. Owner: an event loop. */
public interface PeerAcceptor {
    PeerConnection accept(Transport transport, Origin origin);
}
