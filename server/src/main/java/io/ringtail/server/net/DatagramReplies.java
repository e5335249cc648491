package io.ringtail.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import io.ringtail.metrics.counters.LoopCounters;
import io.ringtail.server.session.Session;
import io.ringtail.server.session.Transport;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the replies to one request datagram and sends them in datagrams of at most 1400 bytes.
 * Owner: the channel's event loop.
 */
final class DatagramReplies implements Transport {
    private static final int PAYLOAD_BYTES = 1392;
    private static final int MAX_DATAGRAMS = 0xFFFF;
    /** More than this is not sent at all: nobody wants a flood of datagrams for one request. */
    private static final int MAX_REPLY_BYTES = 4 << 20;

    private final ChannelHandlerContext ctx;
    private final InetSocketAddress client;
    private final int requestId;
    private final LoopCounters counters;
    private final ByteBuf gathered;
    private @Nullable Session session;

    DatagramReplies(ChannelHandlerContext ctx, InetSocketAddress client, int requestId,
            LoopCounters counters) {
        this.ctx = ctx;
        this.client = client;
        this.requestId = requestId;
        this.counters = counters;
        this.gathered = Unpooled.buffer(PAYLOAD_BYTES);
    }

    void sendFor(Session answered) {
        this.session = answered;
    }

    void send(String text) {
        gathered.writeCharSequence(text, StandardCharsets.US_ASCII);
        sendGathered();
    }

    @Override
    public void write(ByteBuf bytes) {
        gathered.writeBytes(bytes);
        bytes.release();
    }

    @Override
    public void flush() {
        if (session != null && !session.hasPendingReplies() && gathered.isReadable()) {
            sendGathered();
        }
    }

    private void sendGathered() {
        int datagrams = (gathered.readableBytes() + PAYLOAD_BYTES - 1) / PAYLOAD_BYTES;
        if (datagrams > MAX_DATAGRAMS) {
            throw new IllegalStateException("datagrams=" + datagrams);
        }
        for (int number = 0; number < datagrams; number++) {
            int bytes = Math.min(PAYLOAD_BYTES, gathered.readableBytes());
            var packet = ctx.alloc().directBuffer(DatagramHandler.FRAME_BYTES + bytes);
            packet.writeShort(requestId).writeShort(number).writeShort(datagrams).writeShort(0);
            packet.writeBytes(gathered, bytes);
            counters.bytesWritten += packet.readableBytes();
            ctx.write(new DatagramPacket(packet, client));
        }
        gathered.clear();
        ctx.flush();
    }

    @Override
    public boolean isWritable() {
        return gathered.readableBytes() < MAX_REPLY_BYTES;
    }

    @Override
    public boolean hasUnsent() {
        return false;
    }

    @Override
    public void reading(boolean reading) {
        // a datagram has been read whole
    }

    @Override
    public void close() {
        // the socket stays open for other clients
    }

    @Override
    public void execute(Runnable task) {
        ctx.executor().execute(task);
    }
}
