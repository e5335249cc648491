package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;

/** Finished bytes behind a reply that is still missing. The part owns the buffer. */
record HeldPart(ByteBuf bytes, HeldBytes account) implements Part {
    HeldPart {
        account.add(bytes.readableBytes());
    }

    @Override
    public boolean drain(Transport transport) {
        if (!transport.isWritable()) {
            return false;
        }
        account.remove(bytes.readableBytes());
        transport.write(bytes);
        return true;
    }

    @Override
    public void discard() {
        account.remove(bytes.readableBytes());
        bytes.release();
    }
}
