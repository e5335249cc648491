package io.ringtail.server.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.session.SessionContext;
import io.ringtail.server.session.SessionProbe;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A session in memory: what is sent has been answered when the call returns. */
final class SessionWire implements Wire {
    private final SessionProbe session;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    SessionWire(SessionContext context, BindingProtocol binding) {
        session = new SessionProbe(context, binding);
    }

    @Override
    public void send(byte[] bytes, int... cuts) {
        int from = 0;
        for (int cut : cuts) {
            session.send(Arrays.copyOfRange(bytes, from, cut));
            from = cut;
        }
        session.send(Arrays.copyOfRange(bytes, from, bytes.length));
        received.writeBytes(session.takeReceived().getBytes(ISO_8859_1));
    }

    @Override
    public int receivedBytes() {
        return received.size();
    }

    @Override
    public byte[] received(int from) {
        return Arrays.copyOfRange(received.toByteArray(), from, received.size());
    }

    @Override
    public boolean awaitSuffix(int from, byte[] suffix, long millis) {
        var replies = received(from);
        int start = replies.length - suffix.length;
        return start >= 0
                && Arrays.equals(suffix, Arrays.copyOfRange(replies, start, replies.length));
    }

    @Override
    public boolean awaitClose() {
        return session.isClosed();
    }

    @Override
    public void close() {
        session.close();
    }
}
