package io.ringtail.server.session;

import io.ringtail.protocol.memory.ValueStream;

/**
 * A large value on its way, sent from where it lies as fast as the client takes it, and closed when
 * all of it has left. Owner: the connection's event loop.
 */
final class StreamPart implements Part, PinnedBytes.Lender {
    private static final int MAX_PIECE_BYTES = 256 << 10;

    private final ValueStream value;
    private final ReplyMemory memory;
    /** This part itself, and what was handed over and has not been sent. */
    private int users = 1;

    StreamPart(ValueStream value, ReplyMemory memory) {
        this.value = value;
        this.memory = memory;
    }

    @Override
    public boolean drain(Transport transport) {
        while (value.remaining() > 0) {
            if (!takesMore(transport)) {
                return false;
            }
            int bytes = Math.min(value.partBytes(), MAX_PIECE_BYTES);
            users++;
            memory.lend(bytes);
            transport.write(new PinnedBytes(value.partAddress(), bytes, this));
            value.advance(bytes);
        }
        leave();
        return true;
    }

    /** What was written before the value may be all that is in the way. */
    private static boolean takesMore(Transport transport) {
        if (!transport.isWritable()) {
            transport.flush();
        }
        return transport.isWritable();
    }

    @Override
    public void givenBack(int bytes) {
        memory.lend(-bytes);
        leave();
    }

    @Override
    public void discard() {
        leave();
    }

    private void leave() {
        if (--users == 0) {
            value.close();
        }
    }
}
