package io.ringtail.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings from a file and from the environment. */
final class SourcesTest {
    @TempDir private Path folder;

    private final SettingValues values = new SettingValues(Form.SERVE);

    @Test
    void readsAFile() throws IOException {
        read("""
                # a node
                port: 12345
                listen: [127.0.0.1, '[::1]:5']
                enable-shutdown: true
                verbose: 2
                extended:
                  idle_timeout: 4
                  no_lru_crawler:
                peers: localhost:1,localhost:2
                advertise: localhost:1
                """);
        assertEquals("12345", values.text(Setting.PORT));
        assertEquals("127.0.0.1,[::1]:5", values.text(Setting.LISTEN));
        var config = ConfigReader.read(values, Surroundings.none());
        assertEquals(4, config.config().limits().idleTimeoutSeconds());
        assertFalse(config.config().limits().commands().crawler());
        assertEquals(file() + ":2", values.value(Setting.PORT).source().toString());
    }

    @Test
    void reportsMistakesInAFileWithItsLine() {
        assertEquals(file() + ":2: there is no setting 'porrt'", complaint("port: 1\nporrt: 2"));
        assertEquals(file() + ":1: there is no setting 'PORT'", complaint("PORT: 1"));
        assertEquals(file() + ":2: port is set twice", complaint("port: 1\nport: 2"));
        assertEquals(file() + ":1: settings have the form NAME: VALUE", complaint("port"));
        assertEquals(file() + ":2: one value is expected here", complaint("port:\n  a: b"));
        assertEquals(file() + ":3: hashpower: '1' is not in the range 12 to 32",
                complaint("extended:\n  idle_timeout: 3\n  hashpower: 1"));
        assertEquals(file() + ":3: memory-limit: 'x' is not a number that can be used here",
                complaint("port: 1\n\nmemory-limit: x"));
        assertEquals("--config: cannot read the file /nowhere",
                assertThrows(InvalidSettingException.class,
                        () -> FileSettings.read(Path.of("/nowhere"), values)).getMessage());
    }

    @Test
    void anEmptyFileSetsNothing() throws IOException {
        read("# nothing\n");
        assertFalse(values.isGiven(Setting.PORT));
    }

    @Test
    void readsTheEnvironment() {
        EnvironmentSettings.read(Map.of("RINGTAIL_MEMORY_LIMIT", "5", "PATH", "/bin"), values);
        assertEquals("5", values.text(Setting.MEMORY_LIMIT));
        assertEquals("RINGTAIL_FOO",
                assertThrows(InvalidSettingException.class,
                        () -> EnvironmentSettings.read(Map.of("RINGTAIL_FOO", "5"), values))
                        .getMessage()
                        .replaceAll(".*(RINGTAIL_\\w+).*", "$1"));
    }

    @Test
    void everySettingHasAVariable() {
        for (var setting : Setting.values()) {
            assertEquals(
                    "RINGTAIL_"
                            + setting.key().toUpperCase(java.util.Locale.ROOT).replace('-', '_'),
                    setting.variable());
        }
    }

    @Test
    void passesOverWhatOthersPutIntoTheEnvironment() {
        EnvironmentSettings.read(Map.of("RINGTAIL_JAVA_OPTS", "-Xmx1g", "RINGTAIL_SERVICE_HOST",
                "10.0.0.1", "RINGTAIL_PORT", "tcp://10.0.0.1:11211", "RINGTAIL_PORT_11211_TCP_ADDR",
                "10.0.0.1", "RINGTAIL_SERVICE_PORT_CLIENTS", "11211"), values);
        assertFalse(values.isGiven(Setting.PORT));
    }

    @Test
    void laterSourcesOutdoEarlierOnes() throws IOException {
        read("port: 1\nmemory-limit: 1\nthreads: 1\nextended: 'idle_timeout=1,track_sizes'");
        EnvironmentSettings.read(Map.of("RINGTAIL_MEMORY_LIMIT", "2", "RINGTAIL_THREADS", "2"),
                values);
        values.put(Setting.THREADS, "3", new Source.Flag("-t"));
        values.put(Setting.EXTENDED, "idle_timeout=3", new Source.Flag("-o"));
        assertEquals(List.of("1", "2", "3"), List.of(values.text(Setting.PORT) + "",
                values.text(Setting.MEMORY_LIMIT) + "", values.text(Setting.THREADS) + ""));
        assertEquals("flag -o", values.extended().get(ExtendedOption.IDLE_TIMEOUT).source() + "");
        assertEquals(file() + ":4",
                values.extended().get(ExtendedOption.TRACK_SIZES).source() + "");
    }

    @Test
    void whatIsPrintedReadsBackAsItIs() throws IOException {
        values.put(Setting.LISTEN, "[::1]:5,*", new Source.Flag("-l"));
        values.put(Setting.EXTENDED, "idle_timeout=3,no_maxconns_fast", new Source.Flag("-o"));
        values.put(Setting.MEMORY_LIMIT, "1", new Source.Flag("-m"));
        var config = ConfigReader.read(values, Surroundings.none()).config();
        var printed = String.join("\n", ConfigPrinter.lines(values, config));
        var again = new SettingValues(Form.SERVE);
        FileSettings.read(Files.writeString(file(), printed), again);
        assertEquals(config, ConfigReader.read(again, Surroundings.none()).config());
    }

    private Path file() {
        return folder.resolve("ringtail.yaml");
    }

    private void read(String text) throws IOException {
        FileSettings.read(Files.writeString(file(), text), values);
    }

    private String complaint(String text) {
        var fresh = new SettingValues(Form.SERVE);
        return assertThrows(InvalidSettingException.class, () -> {
            FileSettings.read(Files.writeString(file(), text), fresh);
            ConfigReader.read(fresh, Surroundings.none());
        }).getMessage();
    }
}
