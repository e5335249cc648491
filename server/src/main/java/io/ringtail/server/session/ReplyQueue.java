package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.memory.ValueStream;
import io.ringtail.server.execution.ReplySlot;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one connection in the order of its commands. While nothing waits, replies are
 * written to the loop's chunk and sent from there. A reply that comes later (a slot) or does not
 * fit at once (a value stream) opens a queue of parts, in which what follows is held until all
 * before it has left. Owner: the connection's event loop.
 */
final class ReplyQueue implements Output.Sink {
    private static final int SMALLEST_HELD_BYTES = 256;

    private final Transport transport;
    private final GatheringTransport gathering;
    private final ReplyMemory memory;
    private final Runnable onSlotCompleted;
    private final Output output = new Output(this);
    private final ArrayDeque<Part> parts = new ArrayDeque<>(2);
    private final HeldBytes held;
    private @Nullable ReplyChunk chunk;
    private @Nullable ByteBuf tail;
    private int nextHeldBytes = SMALLEST_HELD_BYTES;
    private int openSlots;
    private boolean closed;
    private boolean broken;

    ReplyQueue(Transport transport, ReplyMemory memory, Runnable onSlotCompleted) {
        this.transport = transport;
        this.gathering = new GatheringTransport(transport, memory);
        this.memory = memory;
        this.held = new HeldBytes(memory.counters());
        this.onSlotCompleted = onSlotCompleted;
    }

    /** Where the next reply goes. */
    Output output() {
        return output;
    }

    ReplySlot suspend() {
        seal();
        var slot = new SlotPart(this);
        parts.addLast(slot);
        openSlots++;
        return slot;
    }

    /** Whether a reply has not left the queue yet. */
    boolean isWaiting() {
        return !parts.isEmpty();
    }

    int openSlots() {
        return openSlots;
    }

    HeldBytes held() {
        return held;
    }

    ReplyMemory memory() {
        return memory;
    }

    /** A reply has lost its rest: nothing that comes behind it may be sent. */
    void breakOff() {
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    void slotCompleted() {
        openSlots--;
        onSlotCompleted.run();
    }

    /** Hands over all that can leave now, and sends it. */
    void flush() {
        if (broken) {
            return;
        }
        var sent = chunk;
        if (sent != null && parts.isEmpty()) {
            if (output.written() > 0) {
                transport.write(sent.last(output.start(), output.written()));
            }
            chunk = null;
            output.window(0, 0);
            transport.flush();
            memory.giveBack(sent);
            return;
        }
        boolean full;
        do {
            pump();
            full = !transport.isWritable();
            transport.flush();
        } while (full && transport.isWritable() && !parts.isEmpty());
    }

    /** Lets parts leave, in order, as far as they are there and the client takes them. */
    private void pump() {
        if (parts.isEmpty()) {
            return;
        }
        seal();
        for (var head = parts.peekFirst(); head != null && head.drain(gathering);
                head = parts.peekFirst()) {
            parts.removeFirst();
        }
        gathering.send();
        if (parts.isEmpty()) {
            nextHeldBytes = SMALLEST_HELD_BYTES;
        }
    }

    @Override
    public void grow(Output out, int bytes) {
        var full = chunk;
        seal();
        if (!parts.isEmpty()) {
            holdMore(bytes);
            return;
        }
        if (full != null && full.bytes() != ReplyMemory.SMALL_CHUNK_BYTES) {
            transport.flush();
        }
        var next = memory.take(bytes, full != null);
        chunk = next;
        out.window(next.address(), next.address() + next.bytes());
    }

    private void holdMore(int bytes) {
        int capacity = Math.max(bytes, nextHeldBytes);
        nextHeldBytes = Math.min(capacity * 2, ReplyMemory.CHUNK_BYTES);
        var next = memory.held(capacity);
        tail = next;
        output.window(next.memoryAddress(), next.memoryAddress() + capacity);
    }

    @Override
    public void stream(Output out, ValueStream value) {
        var part = new StreamPart(value, memory);
        if (parts.isEmpty()) {
            handOver(out);
            if (part.drain(transport)) {
                return;
            }
        }
        seal();
        parts.addLast(part);
        pump();
    }

    /** Lets what was written leave before what follows, and goes on behind it in the chunk. */
    private void handOver(Output out) {
        var begun = chunk;
        if (begun != null && out.written() > 0) {
            transport.write(begun.piece(out.start(), out.written()));
            out.window(out.position(), begun.address() + begun.bytes());
        }
    }

    /** Puts what was written so far behind all that was written before it. */
    private void seal() {
        int written = output.written();
        long start = output.start();
        var full = chunk;
        var last = tail;
        chunk = null;
        tail = null;
        output.window(0, 0);
        if (full != null) {
            if (written > 0 && !closed) {
                transport.write(full.last(start, written));
            }
            memory.giveBack(full);
        } else if (last != null) {
            last.setIndex(0, written);
            parts.addLast(new HeldPart(last, held));
        }
    }

    /** The connection is gone: forgets what waits and releases what it holds. */
    void close() {
        closed = true;
        seal();
        parts.forEach(Part::discard);
        parts.clear();
    }
}
