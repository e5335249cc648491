package io.ringtail.server.http;

import io.netty.buffer.ByteBuf;
import io.ringtail.protocol.side.SideFrame.Reply;
import org.jspecify.annotations.Nullable;

/** Takes the reply to one command on a key, in the order of its parts. */
interface ReplyTaker {
    /** {@code contentType}: what the item was stored with; null: nothing. */
    void begin(Reply reply, @Nullable String contentType);

    /** Bytes of the value, which are released by who takes them. */
    void value(ByteBuf part);

    /** The reply is complete. */
    void end();
}
