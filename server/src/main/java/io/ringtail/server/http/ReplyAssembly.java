package io.ringtail.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.side.SideFrame;
import io.ringtail.protocol.side.SideFrame.Op;
import io.ringtail.protocol.side.SideFrame.Status;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes the bytes of a reply apart, however they are cut. Owner: an event loop. */
final class ReplyAssembly {
    private static final int MAX_HEAD = SideFrame.HEADER_BYTES + SideFrame.MAX_ATTRIBUTE_BYTES;

    /**
     * So much is copied, so that the loop's chunk is free for the next reply before this one left.
     */
    private static final int COPIED_BYTES = 2048;

    private @Nullable ReplyTaker taker;
    private Op op = Op.GET;
    /** The first bytes, where they came in parts. */
    private @Nullable ByteBuf head;
    private boolean begun;
    private long valueLeft;

    /** The next reply answers such a command and goes to {@code nextTaker}. */
    void expect(ReplyTaker nextTaker, Op asked) {
        taker = nextTaker;
        op = asked;
        begun = false;
    }

    /** Takes the next bytes, and releases them in the end. */
    void take(ByteBuf bytes) {
        if (taker == null) {
            bytes.release();
            return;
        }
        try {
            if (!begun && !begin(bytes)) {
                return;
            }
            value(bytes);
        } finally {
            bytes.release();
        }
        if (begun && valueLeft == 0) {
            end();
        }
    }

    private boolean begin(ByteBuf bytes) {
        var parts = head;
        if (parts == null && isWhole(bytes)) {
            begin(bytes.memoryAddress() + bytes.readerIndex());
            bytes.skipBytes(headBytes(bytes));
            return true;
        }
        if (parts == null) {
            parts = Unpooled.directBuffer(MAX_HEAD, MAX_HEAD);
            head = parts;
        }
        while (bytes.isReadable() && !isWhole(parts)) {
            parts.writeByte(bytes.readByte());
        }
        if (!isWhole(parts)) {
            return false;
        }
        begin(parts.memoryAddress());
        parts.release();
        head = null;
        return true;
    }

    private static boolean isWhole(ByteBuf bytes) {
        return bytes.readableBytes() >= SideFrame.HEADER_BYTES
                && bytes.readableBytes() >= headBytes(bytes);
    }

    private static int headBytes(ByteBuf bytes) {
        return SideFrame.HEADER_BYTES
                + SideFrame.attributeBytesOfReply(bytes.memoryAddress() + bytes.readerIndex());
    }

    private void begin(long address) {
        var reply = SideFrame.reply(address);
        begun = true;
        valueLeft = reply.status() == Status.OK && op == Op.GET ? reply.valueBytes() : 0;
        Objects.requireNonNull(taker)
                .begin(reply, reply.attributeBytes() == 0 ? null
                        : Memory.latin1(address + SideFrame.HEADER_BYTES, reply.attributeBytes()));
    }

    private void value(ByteBuf bytes) {
        if (valueLeft > 0 && bytes.isReadable()) {
            int part = (int) Math.min(valueLeft, bytes.readableBytes());
            valueLeft -= part;
            Objects.requireNonNull(taker)
                    .value(part > COPIED_BYTES ? bytes.readRetainedSlice(part)
                            : PooledByteBufAllocator.DEFAULT.directBuffer(part)
                                    .writeBytes(bytes, part));
        }
    }

    private void end() {
        var done = Objects.requireNonNull(taker);
        taker = null;
        begun = false;
        done.end();
    }

    void release() {
        taker = null;
        if (head != null) {
            head.release();
            head = null;
        }
    }
}
