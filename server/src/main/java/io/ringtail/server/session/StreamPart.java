package io.ringtail.server.session;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.ValueStream;

/** A large value on its way, as fast as the client takes it. The part closes the value. */
record StreamPart(ValueStream value, ReplyMemory memory) implements Part {
    @Override
    public boolean drain(Transport transport) {
        while (value.remaining() > 0) {
            if (!takesMore(transport)) {
                return false;
            }
            sendNext(transport);
        }
        value.close();
        return true;
    }

    /** What was written before the value may be all that is in the way. */
    private static boolean takesMore(Transport transport) {
        if (!transport.isWritable()) {
            transport.flush();
        }
        return transport.isWritable();
    }

    private void sendNext(Transport transport) {
        var chunk = memory.take(0);
        int filled = 0;
        while (filled < chunk.bytes() && value.remaining() > 0) {
            int bytes = Math.min(value.partBytes(), chunk.bytes() - filled);
            Memory.copy(value.partAddress(), chunk.address() + filled, bytes);
            value.advance(bytes);
            filled += bytes;
        }
        transport.write(chunk.filled(filled));
        transport.flush();
        memory.giveBack(chunk);
    }

    @Override
    public void discard() {
        value.close();
    }
}
