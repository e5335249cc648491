package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.memory.ValueStream;
import io.ringtail.server.execution.ReplySlot;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The place of one reply that another node, or a slower path, will fill. */
final class SlotPart implements Part, ReplySlot, Output.Sink {
    private static final int SMALLEST_BYTES = 256;

    private final ReplyQueue queue;
    private final Output output = new Output(this);
    private final ArrayDeque<Part> filled = new ArrayDeque<>(2);
    private @Nullable ByteBuf current;
    private boolean complete;
    private boolean discarded;
    private boolean begun;

    SlotPart(ReplyQueue queue) {
        this.queue = queue;
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public void complete() {
        if (complete) {
            throw new IllegalStateException("slot completed twice");
        }
        complete = true;
        seal();
        queue.slotCompleted();
    }

    @Override
    public boolean takeBack() {
        seal();
        if (begun) {
            return false;
        }
        filled.forEach(Part::discard);
        filled.clear();
        return true;
    }

    @Override
    public void abandon() {
        queue.breakOff();
        complete();
    }

    @Override
    public boolean hasRoom() {
        return !queue.memory().isScarce();
    }

    @Override
    public void grow(Output out, int bytes) {
        seal();
        int capacity = Math.max(bytes, SMALLEST_BYTES);
        var next = queue.memory().held(capacity);
        current = next;
        out.window(next.memoryAddress(), next.memoryAddress() + capacity);
    }

    @Override
    public void stream(Output out, ValueStream value) {
        seal();
        keep(new StreamPart(value, queue.memory()));
    }

    @Override
    public boolean drain(Transport transport) {
        seal();
        for (var next = filled.peekFirst(); next != null; next = filled.peekFirst()) {
            begun |= next instanceof StreamPart;
            if (!next.drain(transport)) {
                return false;
            }
            begun = true;
            filled.removeFirst();
        }
        return complete;
    }

    @Override
    public void discard() {
        discarded = true;
        seal();
        filled.forEach(Part::discard);
        filled.clear();
    }

    private void seal() {
        var open = current;
        if (open == null) {
            return;
        }
        open.setIndex(0, output.written());
        current = null;
        output.window(0, 0);
        keep(new HeldPart(open, queue.held()));
    }

    private void keep(Part part) {
        if (discarded) {
            part.discard();
        } else {
            filled.addLast(part);
        }
    }
}
