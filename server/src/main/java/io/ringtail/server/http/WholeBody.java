package io.ringtail.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.ringtail.server.http.Action.BodyTaker;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps a body until it is complete, off the heap. Owner: the connection's event loop. */
final class WholeBody implements BodyTaker {
    private final Exchange exchange;
    private final Action.Whole action;
    private final Budget budget;
    private @Nullable ByteBuf body;
    private long reserved;

    /** The memory that incomplete bodies may take together. Thread-safe. */
    static final class Budget {
        private final AtomicLong left = new AtomicLong(HttpLimits.WHOLE_BODIES_BYTES);

        private boolean take(long bytes) {
            if (left.addAndGet(-bytes) < 0) {
                left.addAndGet(bytes);
                return false;
            }
            return true;
        }

        private void give(long bytes) {
            left.addAndGet(bytes);
        }
    }

    WholeBody(Exchange exchange, Action.Whole action, Budget budget) {
        this.exchange = exchange;
        this.action = action;
        this.budget = budget;
    }

    @Override
    public void part(ByteBuf bytes) throws RefusedException {
        int more = bytes.readableBytes();
        if (more == 0) {
            return;
        }
        if (reserved + more > HttpLimits.WHOLE_BODY_BYTES) {
            throw new RefusedException(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                    "a body of more than " + HttpLimits.WHOLE_BODY_BYTES
                            + " bytes: PUT /v1/keys/{key} takes longer values");
        }
        if (!budget.take(more)) {
            throw new RefusedException(HttpResponseStatus.SERVICE_UNAVAILABLE,
                    "too many bodies are on their way");
        }
        reserved += more;
        if (body == null) {
            body = PooledByteBufAllocator.DEFAULT.directBuffer(more);
        }
        body.writeBytes(bytes, bytes.readerIndex(), more);
    }

    @Override
    public void end() throws RefusedException {
        var whole = body == null ? PooledByteBufAllocator.DEFAULT.directBuffer(0) : body;
        body = whole;
        try {
            action.run(exchange, whole);
        } finally {
            cancel();
        }
    }

    @Override
    public void cancel() {
        if (body != null) {
            body.release();
            body = null;
        }
        budget.give(reserved);
        reserved = 0;
    }
}
