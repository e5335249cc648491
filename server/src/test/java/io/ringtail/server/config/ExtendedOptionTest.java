package io.ringtail.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.OptionRule.Fate;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every sub-option of -o: takes effect, is accepted with a line that says so, or is refused. */
final class ExtendedOptionTest {
    private static final String FILE = Path.of("pom.xml").toAbsolutePath().toString();
    private static final Map<ExtendedOption, Effect> EFFECTS = new EnumMap<>(ExtendedOption.class);

    private record Effect(String text, Function<NodeConfig, @Nullable Object> seen,
            @Nullable Object byDefault, Object changed) {}

    static {
        on("no_maxconns_fast", c -> c.limits().rejectFast(), true, false);
        on("no_lru_crawler", c -> c.limits().commands().crawler(), true, false);
        on("idle_timeout=7", c -> c.limits().idleTimeoutSeconds(), 0, 7);
        on("watcher_logbuf_size=8", c -> c.limits().watcherBufferBytes(), 256 << 10, 8 << 10);
        on("track_sizes", c -> c.limits().commands().trackSizes(), false, true);
        on("read_buf_mem_limit=2", c -> c.limits().nodeBufferBytes(), 64L << 20, 2L << 20);
        onTls("ssl_chain_cert=" + FILE, tls -> tls.certificateChain(), Path.of("/dev/null"),
                Path.of(FILE));
        onTls("ssl_key=" + FILE, tls -> tls.key(), null, Path.of(FILE));
        onTls("ssl_verify_mode=2,ssl_ca_cert=" + FILE, tls -> tls.verifyMode(), 0, 2);
        on("slab_sizes=100-200", config -> config.extended().slabSizes(), List.of(),
                List.of(100, 200));
        onTls("ssl_keyformat=DER", tls -> tls.keyFormat().name(), "PEM", "DER");
        onTls("ssl_ciphers=a:b", tls -> tls.ciphers(), List.of(), List.of("a", "b"));
        onTls("ssl_ca_cert=" + FILE, tls -> tls.caCertificates(), null, Path.of(FILE));
        onTls("ssl_session_cache", tls -> tls.sessionCache(), false, true);
        onTls("ssl_min_version=3", tls -> tls.minVersion(), "tlsv1.2", "tlsv1.3");
    }

    private static void on(String text, Function<NodeConfig, @Nullable Object> seen,
            @Nullable Object byDefault, Object changed) {
        var name = text.replaceAll("=.*", "");
        var option = ExtendedOption.parse(name, name.equals(text) ? null : valueOf(text)).option();
        EFFECTS.put(option, new Effect(text, seen, byDefault, changed));
    }

    private static void onTls(String text, Function<NodeConfig.Tls, @Nullable Object> seen,
            @Nullable Object byDefault, Object changed) {
        on(text, config -> seen.apply(config.security().tls()), byDefault, changed);
    }

    private static String valueOf(String text) {
        return text.replaceAll("^[^=]*=", "").replaceAll(",.*", "");
    }

    @Test
    void sizesOfClassesAscendAndKeepApart() {
        for (var wrong : List.of("slab_sizes=200-100", "slab_sizes=100-108", "slab_sizes=",
                "slab_sizes=100-x", "slab_sizes=2000000", "slab_sizes=100-900000")) {
            assertThrows(InvalidSettingException.class, () -> read(wrong, false), wrong);
        }
    }

    @Test
    void eachEffectiveOptionIsRecordedHere() {
        var effective = Arrays.stream(ExtendedOption.values())
                .filter(it -> it.rule().fate() == Fate.EFFECTIVE)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ExtendedOption.class)));
        assertEquals(effective, EnumSet.copyOf(EFFECTS.keySet()));
    }

    @TestFactory
    List<DynamicTest> hasItsDefaultAndTakesEffect() {
        return EFFECTS.values()
                .stream()
                .map(effect -> DynamicTest.dynamicTest(effect.text(), () -> check(effect)))
                .toList();
    }

    private static void check(Effect effect) {
        var tls = effect.text().startsWith("ssl_");
        assertEquals(effect.byDefault(), effect.seen().apply(read("", tls).config()));
        var reading = read(effect.text(), tls);
        assertEquals(effect.changed(), effect.seen().apply(reading.config()));
        assertEquals(List.of(), reading.notices());
    }

    /** The TLS options need TLS to be on, and that needs a certificate. */
    private static ConfigReader.Reading read(String options, boolean tls) {
        var values = new SettingValues(Form.SERVE);
        if (tls) {
            values.put(Setting.ENABLE_SSL, "yes", new Source.Flag("-Z"));
            values.put(Setting.EXTENDED, "ssl_chain_cert=/dev/null", new Source.Flag("-o"));
        }
        if (!options.isEmpty()) {
            values.put(Setting.EXTENDED, options, new Source.Flag("-o"));
        }
        return ConfigReader.read(values, Surroundings.none());
    }

    @TestFactory
    List<DynamicTest> tuningIsAcceptedAndSaidToBeWithoutEffect() {
        return having(Fate.TUNING)
                .map(option -> DynamicTest.dynamicTest(option.optionName(), () -> {
                    var reading = read(typed(option), false);
                    var notices = String.join("\n", reading.notices());
                    assertTrue(
                            notices.contains(
                                    "-o " + option.optionName() + ": accepted without effect"),
                            notices);
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> whatIsIdleInMemcachedIsAcceptedSilently() {
        return having(Fate.IDLE)
                .map(option -> DynamicTest.dynamicTest(option.optionName(),
                        () -> assertEquals(List.of(), read(typed(option), false).notices())))
                .toList();
    }

    @TestFactory
    List<DynamicTest> refusalSaysWhy() {
        return having(Fate.REFUSED).map(option -> DynamicTest.dynamicTest(option.optionName(),
                () -> assertEquals(
                        "-o: " + option.optionName() + ": not available: " + option.rule().reason(),
                        complaint(option.optionName() + "=x"))))
                .toList();
    }

    private static java.util.stream.Stream<ExtendedOption> having(Fate fate) {
        return Arrays.stream(ExtendedOption.values()).filter(it -> it.rule().fate() == fate);
    }

    private static String typed(ExtendedOption option) {
        var value = switch (option.rule().value()) {
            case ValueRule.Switch _ -> "";
            case ValueRule.Number number ->
                    "=" + Math.min(number.range().min() + 10, number.range().max());
            case ValueRule.Decimal _ -> "=0.5";
            case ValueRule.Sizes _ -> "=100-200";
            case ValueRule.Word word ->
                    "=" + (word.words().isEmpty() ? "x" : word.words().getFirst());
        };
        return option.optionName() + value;
    }

    @Test
    void negationTurnsOff() {
        assertEquals("no",
                read("no_slab_automove", false).config()
                        .extended()
                        .text(ExtendedOption.SLAB_AUTOMOVE));
        assertEquals("1",
                read("slab_automove", false).config()
                        .extended()
                        .text(ExtendedOption.SLAB_AUTOMOVE));
        assertEquals("no",
                read("no_drop_privileges", false).config()
                        .extended()
                        .text(ExtendedOption.DROP_PRIVILEGES));
    }

    @Test
    void noModernTurnsOffWhatCameLater() {
        var extended = read("no_modern,lru_crawler", false).config().extended();
        assertTrue(extended.isOn(ExtendedOption.LRU_CRAWLER));
        assertEquals("no", extended.text(ExtendedOption.LRU_MAINTAINER));
        assertEquals("jenkins", extended.text(ExtendedOption.HASH_ALGORITHM));
    }

    @Test
    void mistakesAreNamed() {
        assertEquals("-o: there is no sub-option 'foo'", complaint("foo"));
        assertEquals("-o: there is no sub-option ''", complaint(","));
        assertEquals("-o: there is no sub-option 'no_hashpower'", complaint("no_hashpower"));
        assertEquals("-o: hashpower: needs a value", complaint("hashpower"));
        assertEquals("-o: hashpower: '3' is not in the range 12 to 32", complaint("hashpower=3"));
        assertEquals("-o: slab_automove_ratio: '1.5' must be above 0 and below 1",
                complaint("slab_automove_ratio=1.5"));
        assertEquals("-o: hash_algorithm: 'x' is none of jenkins, murmur3, xxh3",
                complaint("hash_algorithm=x"));
        assertEquals("-o hot_lru_pct and warm_lru_pct: together at most 80",
                complaint("hot_lru_pct=50,warm_lru_pct=50"));
        assertEquals("-o temporary_ttl: needs lru_maintainer to be on",
                complaint("temporary_ttl=30,no_lru_maintainer"));
    }

    private static String complaint(String options) {
        return assertThrows(InvalidSettingException.class, () -> read(options, false)).getMessage();
    }
}
