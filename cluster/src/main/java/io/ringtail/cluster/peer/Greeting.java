package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.cluster.peer.Credentials.Exchange;
import io.ringtail.cluster.peer.Credentials.Role;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.PeerFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The HELLO frames that open a connection between nodes:
 *
 * <pre>
 * coordinator: step 1, nonce (32), settings      owner: CONTINUE, nonce (32), proof (32), settings
 * coordinator: step 2, proof (32)                owner: OK
 * </pre>
 *
 * The step is the frame's one byte of extras. Either reply may be REFUSED instead, with the reason
 * as its body. Thread-safe; shared by all loops.
 */
public final class Greeting {
    static final int FIRST_STEP = 1;
    static final int SECOND_STEP = 2;
    /** The longest greeting taken from somebody who proved nothing yet. */
    static final int MAX_BODY_BYTES = 64 << 10;

    private final Supplier<HelloSettings> own;
    private final Credentials credentials;
    private final Consumer<List<String>> heard;

    /**
     * {@code own} gives what this node says of itself now: its members may change. {@code heard}
     * takes what proven peers say of the members; it is called on event loops.
     */
    public Greeting(Supplier<HelloSettings> own, Credentials credentials,
            Consumer<List<String>> heard) {
        this.own = own;
        this.credentials = credentials;
        this.heard = heard;
    }

    public HelloSettings own() {
        return own.get();
    }

    /** A peer that proved itself said this of the members. */
    void heard(List<String> members) {
        if (!members.equals(own().members())) {
            heard.accept(members);
        }
    }

    Credentials credentials() {
        return credentials;
    }

    /** The coordinator's first frame; the caller releases it. */
    ByteBuf challenge(byte[] nonce, String settings) {
        return frame(PeerFrame.REQUEST, 0, FIRST_STEP, nonce, utf8(settings));
    }

    /** The owner's answer to a challenge; the caller releases it. */
    ByteBuf counterChallenge(Exchange exchange) {
        return frame(PeerFrame.REPLY, PeerFrame.CONTINUE, FIRST_STEP, exchange.ownerNonce(),
                credentials.proof(Role.OWNER, exchange), utf8(exchange.ownerSettings()));
    }

    /** The coordinator's second frame; the caller releases it. */
    ByteBuf response(Exchange exchange) {
        return frame(PeerFrame.REQUEST, 0, SECOND_STEP,
                credentials.proof(Role.COORDINATOR, exchange));
    }

    /** The owner's last word; the caller releases it. */
    ByteBuf welcome() {
        return frame(PeerFrame.REPLY, PeerFrame.OK, SECOND_STEP);
    }

    /** The owner's answer to a node that it does not talk to; the caller releases it. */
    ByteBuf refusal(String reason) {
        return frame(PeerFrame.REPLY, PeerFrame.REFUSED, 0, utf8(reason));
    }

    private ByteBuf frame(int magic, int status, int step, byte[]... parts) {
        int body = 1;
        for (var part : parts) {
            body += part.length;
        }
        var frame = PooledByteBufAllocator.DEFAULT.directBuffer(PeerFrame.HEADER_BYTES + body);
        PeerFrame.write(frame.memoryAddress(), magic, PeerFrame.HELLO, status, 1, body);
        PeerFrame.putIds(frame.memoryAddress(), 0, own().epoch());
        frame.writerIndex(PeerFrame.HEADER_BYTES).writeByte(step);
        for (var part : parts) {
            frame.writeBytes(part);
        }
        return frame;
    }

    /** The step that a HELLO frame says it is; 0 where it says none. */
    static int step(long frame) {
        return PeerFrame.extrasBytes(frame) == 1 && PeerFrame.bodyBytes(frame) >= 1
                ? Memory.getUnsignedByte(frame + PeerFrame.HEADER_BYTES)
                : 0;
    }

    /** Bytes {@code from} to {@code to} of what follows the step; {@code to} -1: all the rest. */
    static byte[] part(long frame, int from, int to) throws PeerException {
        int length = PeerFrame.bodyBytes(frame) - 1;
        int end = to < 0 ? length : to;
        if (end > length || from > end) {
            throw new PeerException("the greeting is too short");
        }
        return Memory.bytes(frame + PeerFrame.HEADER_BYTES + 1 + from, end - from);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
