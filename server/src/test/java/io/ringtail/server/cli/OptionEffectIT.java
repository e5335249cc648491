package io.ringtail.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.Setting;
import io.ringtail.server.live.LiveNode;
import io.ringtail.server.node.Node;
import io.ringtail.server.testing.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients see of the options that are about commands, items and connections. */
final class OptionEffectIT {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "disable-flush-all | flush_all | OK | CLIENT_ERROR flush_all not allowed",
        "disable-watch | watch | OK | CLIENT_ERROR watch commands not allowed",
        "disable-dumping | lru_crawler metadump all | OK | ERROR metadump not allowed",
        "disable-dumping | stats cachedump 1 1 | END | CLIENT_ERROR stats cachedump not allowed",
        "extended=no_lru_crawler | lru_crawler metadump all | OK "
                + "| CLIENT_ERROR lru crawler disabled",
        "extended=track_sizes | stats sizes | STAT sizes_status disabled | END",
        "prefix-delimiter=+ | stats detail dump | END | END",
        "protocol=ascii | version | VERSION 1.6.45 | VERSION 1.6.45",
        "max-item-size=2k | set k 0 0 3000\\r\\n | STORED "
                + "| SERVER_ERROR object too large for cache",
        "disable-cas | stats settings cas_enabled | yes | no",
        "threads=3 | stats settings num_threads | 2 | 3",
        "max-reqs-per-event=7 | stats settings reqs_per_event | 20 | 7",
        "listen-backlog=7 | stats settings tcp_backlog | 1024 | 7",
        "extended=hashpower=20 | stats settings hashpower_init | 0 | 20",
        "verbose=1 | stats settings verbosity | 0 | 1"})
    void changesAnAnswer(String setting, String command, String without, String with)
            throws IOException {
        assertEquals(without, answer(Map.of(Setting.THREADS, "2"), command));
        var settings = new EnumMap<Setting, String>(Map.of(Setting.THREADS, "2"));
        int equals = setting.indexOf('=');
        var name = equals < 0 ? setting : setting.substring(0, equals);
        settings.put(Setting.byKey(name).orElseThrow(),
                equals < 0 ? "yes" : setting.substring(equals + 1));
        assertEquals(with, answer(settings, command));
    }

    /** The first line of the answer, or of stats settings what stands at one name. */
    private static String answer(Map<Setting, String> settings, String command) throws IOException {
        try (var client = new Session(settings)) {
            var words = command.split(" ");
            if (command.startsWith("stats settings ")) {
                var all = client.say("stats settings\r\n", "END\r\n");
                return all.replaceAll("(?s).*STAT " + words[2] + " ([^\r]*)\r.*", "$1");
            }
            var typed = command.replace("\\r\\n", "\r\n" + "x".repeat(3000));
            return client.say(typed + "\r\n", "\r\n").replaceAll("(?s)\r\n.*", "");
        }
    }

    @Test
    void prefixDelimiterTurnsDetailsOn() throws IOException {
        try (var client = new Session(Map.of(Setting.PREFIX_DELIMITER, "+"))) {
            client.say("set a+b 0 0 1\r\nx\r\n", "\r\n");
            assertEquals("PREFIX a get 0 hit 0 set 1 del 0\r\nEND\r\n",
                    client.say("stats detail dump\r\n", "END\r\n"));
        }
    }

    @Test
    void casIsOffWhereItIsDisabled() throws IOException {
        try (var client = new Session(Map.of(Setting.DISABLE_CAS, "yes"))) {
            client.say("set a 0 0 1\r\nx\r\n", "\r\n");
            assertEquals("VALUE a 0 1 0\r\nx\r\nEND\r\n", client.say("gets a\r\n", "END\r\n"));
        }
    }

    @Test
    void memoryRunsOutWhereEvictionIsDisabled() throws IOException {
        var small = Map.of(Setting.MEMORY_LIMIT, "1");
        assertFalse(fill(small).contains("SERVER_ERROR"));
        assertTrue(fill(Map.of(Setting.MEMORY_LIMIT, "1", Setting.DISABLE_EVICTIONS, "yes"))
                .contains("SERVER_ERROR out of memory storing object"));
    }

    private static String fill(Map<Setting, String> settings) throws IOException {
        try (var client = new Session(settings)) {
            var answers = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                answers.append(client.say(
                        "set key" + i + " 0 0 10000\r\n" + "x".repeat(10000) + "\r\n", "\r\n"));
            }
            return answers.toString();
        }
    }

    @Test
    void sizeClassesFollowTheSlabOptions() throws IOException {
        assertEquals("chunk_size 96", chunkOfASmallItem(Map.of()));
        assertEquals("chunk_size 248", chunkOfASmallItem(Map.of(Setting.SLAB_MIN_SIZE, "200")));
    }

    private static String chunkOfASmallItem(Map<Setting, String> settings) throws IOException {
        try (var client = new Session(settings)) {
            client.say("set a 0 0 1\r\nx\r\n", "\r\n");
            return client.say("stats slabs\r\n", "END\r\n")
                    .replaceAll("(?s)STAT \\d+:(chunk_size \\d+).*", "$1");
        }
    }

    @Test
    void oneConnectionMoreThanAllowedIsToldSo() throws IOException {
        var two = Map.of(Setting.CONN_LIMIT, "1");
        try (var node = new Session(two); var another = node.connect()) {
            assertEquals("ERROR Too many open connections\r\n", read(another, "\r\n"));
            assertEquals(-1, another.getInputStream().read());
        }
    }

    @Test
    void oneConnectionMoreThanAllowedWaitsWithoutMaxconnsFast() throws IOException {
        var two = Map.of(Setting.CONN_LIMIT, "1", Setting.EXTENDED, "no_maxconns_fast");
        try (var node = new Session(two); var another = node.connect()) {
            another.getOutputStream().write("version\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("VERSION 1.6.45\r\n", node.say("version\r\n", "\r\n"));
            node.socket.close();
            assertEquals("VERSION 1.6.45\r\n", read(another, "\r\n"));
        }
    }

    @Test
    void aConnectionYieldsAfterSoManyCommands() throws IOException {
        assertEquals("0", yieldsOf(51, Map.of()));
        assertEquals("0", yieldsOf(51, Map.of(Setting.MAX_REQS_PER_EVENT, "51")));
        assertEquals("5", yieldsOf(51, Map.of(Setting.MAX_REQS_PER_EVENT, "10")));
        assertEquals("50", yieldsOf(51, Map.of(Setting.MAX_REQS_PER_EVENT, "1")));
    }

    /** How often a connection yields that sends so many commands at once. */
    private static String yieldsOf(int commands, Map<Setting, String> settings) throws IOException {
        try (var client = new Session(settings)) {
            var text = new StringBuilder();
            var expected = new StringBuilder();
            for (int i = 1; i < commands; i++) {
                text.append("mg k").append(i).append(" v\r\n");
                expected.append("EN\r\n");
            }
            var replies = client.say(text + "version\r\n", "1.6.45\r\n");
            assertEquals(expected + "VERSION 1.6.45\r\n", replies);
            return client.say("stats\r\n", "END\r\n")
                    .replaceAll("(?s).*STAT conn_yields (\\d+)\r.*", "$1");
        }
    }

    @Test
    void idleConnectionsAreClosed() throws IOException {
        try (var node = LiveNode.start(Map.of(Setting.EXTENDED, "idle_timeout=1"));
                var client = node.connect()) {
            assertEquals("VERSION 1.6.45", client.ask("version"));
            node.clock().advance(Duration.ofSeconds(3));
            assertTrue(client.isClosed());
        }
    }

    @Test
    void otherProtocolsThanTheOneAskedForAreNotSpoken() throws IOException {
        try (var client = new Session(Map.of(Setting.PROTOCOL, "binary"))) {
            client.send("version\r\n");
            assertEquals(-1, client.socket.getInputStream().read());
        }
        try (var client = new Session(Map.of(Setting.LISTEN, "proto[binary]:127.0.0.1"))) {
            client.send("version\r\n");
            assertEquals(-1, client.socket.getInputStream().read());
        }
    }

    @Test
    void usersOfTheAuthFileAreLetIn() throws IOException {
        var users = Files.writeString(folder.resolve("users"), "me:secret\n");
        try (var client = new Session(Map.of(Setting.AUTH_FILE, users.toString()))) {
            assertEquals("CLIENT_ERROR unauthenticated\r\n", client.say("get a\r\n", "\r\n"));
        }
        try (var client = new Session(Map.of(Setting.AUTH_FILE, users.toString()))) {
            assertEquals("STORED\r\n", client.say("set x 0 0 9\r\nme secret\r\n", "\r\n"));
            assertEquals("END\r\n", client.say("get a\r\n", "\r\n"));
        }
    }

    private static String read(Socket socket, String end) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.US_ASCII).endsWith(end)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    /** A node in this process, and a connection to it. */
    private static final class Session implements AutoCloseable {
        private final Node node;
        private final Socket socket;

        Session(Map<Setting, String> settings) throws IOException {
            var all = new EnumMap<Setting, String>(Map.of(Setting.PORT, "-1", Setting.MEMORY_LIMIT,
                    "8", Setting.TRANSPORT, "nio"));
            all.putAll(settings);
            this.node = Node.start(NodeConfig.of(all));
            this.socket = connect();
        }

        Socket connect() throws IOException {
            return Lines.connect(node.tcpPorts().getFirst());
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }

        String say(String text, String end) throws IOException {
            send(text);
            return read(socket, end);
        }

        @Override
        public void close() throws IOException {
            socket.close();
            node.stop();
        }
    }
}
