package io.ringtail.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.config.NodeConfig.Security;
import io.ringtail.server.live.MovableClock;
import io.ringtail.server.node.NodeWithoutNetwork;
import io.ringtail.server.session.SessionProbe;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transcripts of -S and -Y on sessions in memory. */
class AuthenticationTest {
    @TempDir Path directory;

    @Test
    void asksTextClientsWhoTheyAre() throws IOException {
        try (var node = login("alice:secret\nbob:two words\n")) {
            var player = player("login.txt", node, BindingProtocol.ASCII);
            player.whole();
            player.byteByByte();
        }
    }

    @Test
    void asksBinaryClientsWhoTheyAre() throws IOException {
        try (var node = sasl("alice:secret\nbob:builder:extra\n")) {
            var player = player("sasl.txt", node, BindingProtocol.BINARY);
            player.whole();
            player.byteByByte();
        }
    }

    @Test
    void countsWhoCameInAndWhoDidNot() throws IOException {
        try (var node = login("alice:secret\n");
                var client = new SessionProbe(node.sessions(), BindingProtocol.ASCII)) {
            client.send("get a\r\n");
            client.send("set a 0 0 12\r\nalice public\r\n");
            client.send("set a 0 0 12\r\nalice secret\r\n");
            assertEquals(2, node.loop().counters().authCmds);
            assertEquals(1, node.loop().counters().authErrors);
        }
    }

    @Test
    void everyConnectionStartsUnknown() throws IOException {
        try (var node = login("alice:secret\n");
                var first = new SessionProbe(node.sessions(), BindingProtocol.ASCII);
                var second = new SessionProbe(node.sessions(), BindingProtocol.ASCII)) {
            first.send("set a 0 0 12\r\nalice secret\r\nversion\r\n");
            assertEquals("STORED\r\nVERSION 1.6.45\r\n", first.takeReceived());
            second.send("version\r\n");
            assertEquals("CLIENT_ERROR unauthenticated\r\n", second.takeReceived());
        }
    }

    private static TranscriptPlayer player(String name, NodeWithoutNetwork node,
            BindingProtocol binding) {
        return new TranscriptPlayer(TranscriptReader.read(resource(name)),
                () -> new SessionWire(node.sessions(), binding));
    }

    private static Path resource(String name) {
        try {
            var url = AuthenticationTest.class.getResource("/authentication/" + name);
            return Path.of(Objects.requireNonNull(url).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private NodeWithoutNetwork login(String users) throws IOException {
        return node(new Security(file(users), false, null, null));
    }

    private NodeWithoutNetwork sasl(String users) throws IOException {
        return node(new Security(null, true, file(users), null));
    }

    private Path file(String users) throws IOException {
        return Files.writeString(directory.resolve("users"), users);
    }

    private static NodeWithoutNetwork node(Security security) throws IOException {
        var other = NodeConfig.defaults();
        var config = new NodeConfig(other.listening(), other.memory(), other.limits(), security,
                other.cluster(), other.sidePorts(), other.process(), other.extended(),
                other.transport(), other.threads(), other.verbosity());
        return new NodeWithoutNetwork(config, new MovableClock());
    }
}
