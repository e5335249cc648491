package io.ringtail.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.config.NodeConfig.Security;
import io.ringtail.server.live.MovableClock;
import io.ringtail.server.node.NodeWithoutNetwork;
import io.ringtail.server.session.SessionProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Whoever does not know the password stays outside, whatever else they send. */
class AuthenticationFuzzTest {
    private static final String PASSWORD = "secret";
    private static final Path USERS = users();
    private static final NodeWithoutNetwork LOGIN = node(new Security(USERS, false, null, null));
    private static final NodeWithoutNetwork SASL = node(new Security(null, true, USERS, null));

    @FuzzTest(maxDuration = "2m")
    void nobodyComesInWithoutThePassword(byte[] input) {
        if (new String(input, ISO_8859_1).contains(PASSWORD)) {
            return;
        }
        converse(LOGIN, BindingProtocol.ASCII, input);
        converse(SASL, BindingProtocol.BINARY, input);
        assertEquals(0, LOGIN.loop().counters().cmdGet() + SASL.loop().counters().cmdGet());
        assertEquals(0, LOGIN.loop().counters().classes.all(SizeClassCounters.CMD_SET)
                + SASL.loop().counters().classes.all(SizeClassCounters.CMD_SET));
    }

    private static void converse(NodeWithoutNetwork node, BindingProtocol binding, byte[] input) {
        try (var session = new SessionProbe(node.sessions(), binding)) {
            int half = input.length / 2;
            session.send(Arrays.copyOf(input, half));
            session.send(Arrays.copyOfRange(input, half, input.length));
            var replies = session.takeReceived();
            assertFalse(replies.contains("STORED") || replies.contains("Authenticated"), replies);
        }
    }

    private static Path users() {
        try {
            var file = Files.createTempFile("ringtail", "users");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "alice:" + PASSWORD + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NodeWithoutNetwork node(Security security) {
        var other = NodeConfig.defaults();
        try {
            return new NodeWithoutNetwork(new NodeConfig(other.listening(), other.memory(),
                    other.limits(), security, other.cluster(), other.sidePorts(), other.process(),
                    other.extended(), other.transport(), 1, other.verbosity()), new MovableClock());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
