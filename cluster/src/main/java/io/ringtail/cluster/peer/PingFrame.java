package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.PeerFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * PING and its reply: a header with the epoch; where the epochs differ, what the node says of the
 * members behind it, words with a space between them.
 */
final class PingFrame {
    private PingFrame() {}

    /** The caller releases it. */
    static ByteBuf of(int magic, int opaque, long epoch, List<String> members) {
        var body = String.join(" ", members).getBytes(StandardCharsets.UTF_8);
        var frame =
                PooledByteBufAllocator.DEFAULT.directBuffer(PeerFrame.HEADER_BYTES + body.length);
        PeerFrame.write(frame.memoryAddress(), magic, PeerFrame.PING, PeerFrame.OK, 0, body.length);
        PeerFrame.putIds(frame.memoryAddress(), opaque, epoch);
        return frame.writerIndex(PeerFrame.HEADER_BYTES).writeBytes(body);
    }

    /** What the frame at that address says of the members; empty where it says nothing. */
    static List<String> members(long frame) {
        int body = PeerFrame.bodyBytes(frame);
        return body == 0 ? List.of()
                : List.of(Greeting.text(Memory.bytes(frame + PeerFrame.HEADER_BYTES, body))
                        .split(" "));
    }
}
