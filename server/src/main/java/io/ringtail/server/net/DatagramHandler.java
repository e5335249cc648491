package io.ringtail.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.session.Origin;
import io.ringtail.server.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests in datagrams: eight bytes of frame (request id, sequence number, number of datagrams,
 * reserved; 16 bits each, big-endian), then commands. Each datagram is a session of its own. Owner:
 * the channel's event loop.
 */
final class DatagramHandler extends SimpleChannelInboundHandler<DatagramPacket> {
    static final int FRAME_BYTES = 8;
    private static final int LARGEST_DATAGRAM = 65_536;
    private static final Logger LOG = LoggerFactory.getLogger(DatagramHandler.class);
    private static final String MULTI_PACKET =
            "SERVER_ERROR multi-packet request not supported\r\n";

    private final Loop loop;
    private final ConnectionRegistry registry;
    private final BindingProtocol protocol;

    DatagramHandler(Loop loop, ConnectionRegistry registry, BindingProtocol protocol) {
        this.loop = loop;
        this.registry = registry;
        this.protocol = protocol;
    }

    static RecvByteBufAllocator receiveAllocator() {
        return new FixedRecvByteBufAllocator(LARGEST_DATAGRAM);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
        var bytes = packet.content();
        if (bytes.readableBytes() <= FRAME_BYTES) {
            return;
        }
        loop.startTurn();
        var replies = new DatagramReplies(ctx, packet.sender(),
                bytes.getUnsignedShort(bytes.readerIndex()), loop.context().counters());
        if (bytes.getUnsignedShort(bytes.readerIndex() + 4) != 1) {
            replies.send(MULTI_PACKET);
            return;
        }
        var origin =
                new Origin(registry.nextId(), new SocketName("udp", packet.sender()), protocol);
        var session = new Session(loop.sessions(), replies, origin);
        replies.sendFor(session);
        session.receive(bytes.memoryAddress() + bytes.readerIndex() + FRAME_BYTES,
                bytes.readableBytes() - FRAME_BYTES);
        session.flush();
        if (!session.hasPendingReplies()) {
            session.closed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        loop.failures().report(LOG, "datagram", cause);
    }
}
