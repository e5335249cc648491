package io.ringtail.server.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ringtail.server.config.NodeConfig.BindingProtocol;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;

/** A session whose client is the test, which reads all that it is sent. */
public final class SessionProbe implements AutoCloseable {
    private static final AtomicLong IDS = new AtomicLong();

    private final RecordingTransport transport = new RecordingTransport();
    private final Session session;

    public SessionProbe(SessionContext context, BindingProtocol binding) {
        var origin = new Origin(IDS.incrementAndGet(), () -> "tcp:127.0.0.1:1", binding);
        session = new Session(context, transport, origin);
    }

    /** Sends bytes that arrive together, and lets the session do what it can with them. */
    public void send(byte[] bytes) {
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            session.receive(memory.address(), bytes.length);
        }
        session.flush();
        do {
            transport.runTasks();
            session.writable();
        } while (transport.hasTasks());
    }

    public void send(String text) {
        send(text.getBytes(ISO_8859_1));
    }

    /** What the client was sent since the last call, a byte a character. */
    public String takeReceived() {
        return transport.takeSent();
    }

    public boolean isClosed() {
        return transport.closed;
    }

    /** The client is gone. */
    @Override
    public void close() {
        session.closed();
    }
}
