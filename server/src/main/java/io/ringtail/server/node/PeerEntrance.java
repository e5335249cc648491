package io.ringtail.server.node;

import io.netty.buffer.ByteBuf;
import io.ringtail.cluster.peer.Greeting;
import io.ringtail.cluster.peer.InboundPeer;
import io.ringtail.cluster.peer.InboundPeer.Caller;
import io.ringtail.cluster.peer.LocalNode;
import io.ringtail.cluster.peer.Refusals;
import io.ringtail.cluster.peer.Wire;
import io.ringtail.server.session.Origin;
import io.ringtail.server.session.PeerAcceptor;
import io.ringtail.server.session.PeerConnection;
import io.ringtail.server.session.Transport;

/** Lets other nodes in on the port that clients use. Owner: an event loop. */
record PeerEntrance(Greeting greeting, Refusals refusals, LocalNode node) implements PeerAcceptor {
    @Override
    public PeerConnection accept(Transport transport, Origin origin) {
        var caller = new Caller(origin.address(), origin.isLocal(), refusals, System.nanoTime());
        return new Connection(
                new InboundPeer(greeting, caller, node, new TransportWire(transport)));
    }

    private record Connection(InboundPeer peer) implements PeerConnection {
        @Override
        public void receive(long address, int bytes) {
            peer.receive(address, bytes);
        }

        @Override
        public void flush() {
            peer.flush();
        }

        @Override
        public void writable() {
            peer.writable();
        }

        @Override
        public void closed() {
            peer.closed();
        }
    }

    private record TransportWire(Transport transport) implements Wire {
        @Override
        public void write(ByteBuf bytes) {
            transport.write(bytes);
        }

        @Override
        public void flush() {
            transport.flush();
        }

        @Override
        public boolean isWritable() {
            return transport.isWritable();
        }

        @Override
        public void reading(boolean reading) {
            transport.reading(reading);
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
