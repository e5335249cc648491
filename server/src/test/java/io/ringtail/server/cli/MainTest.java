package io.ringtail.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands say, and what they return. */
final class MainTest {
    private static final Surroundings USER = new Surroundings(Map.of(), 2, false, 1L << 30);
    private static final Surroundings ROOT = new Surroundings(Map.of(), 2, true, 1L << 30);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "serve -p abc | -p: 'abc' is not a number that can be used here",
        "serve --port=70000 | --port: '70000' is not in the range -1 to 65535",
        "serve -U 70000 | -U: '70000' is not in the range -1 to 65535",
        "serve -m 0 | -m: '0' is not in the range 1m to 16384g",
        "serve -I 10 | -I: '10' is not in the range 1k to 1g",
        "serve -I 2g -m 8192 | -I: '2g' is not in the range 1k to 1g",
        "serve -m 1 -I 1m | -I: an item can be at most half of the memory limit, 1m (-m)",
        "serve -f 1.0 | -f: the factor must be greater than 1",
        "serve -f x | -f: 'x' is not a number",
        "serve -n 0 | -n: '0' is not in the range 1 to 1073741824",
        "serve -t 0 | -t: '0' is not in the range 1 to 1024",
        "serve -R 0 | -R: '0' is not in the range 1 or more",
        "serve -c 0 | -c: '0' is not in the range 1 to 10000000",
        "serve -b -1 | -b: '-1' is not in the range 0 or more",
        "serve -a 999 | -a: '999' is not an octal number from 0 to 777",
        "serve -D ab | -D: the delimiter is one printable character",
        "serve -B foo | -B: 'foo' is none of auto, ascii, binary",
        "serve -S -B ascii | -B: SASL (-S) allows the binary protocol only",
        "serve -S -U 5 | -U: UDP knows no authentication: leave -U out, or SASL (-S)",
        "serve -Y pom.xml -B binary | -B: an auth file (-Y) allows the ascii protocol only",
        "serve -Y pom.xml -U 5 | -U: UDP knows no authentication: leave -U out, or the auth "
                + "file (-Y)",
        "serve -Y pom.xml -S | -S: SASL needs the binary protocol and an auth file (-Y) the "
                + "text protocol",
        "serve -Y /nowhere | -Y: cannot read the file /nowhere",
        "serve -S | -S: name the file with the users in the environment: "
                + "MEMCACHED_SASL_PWDB=FILE, lines USER:PASSWORD",
        "serve -Z | -Z: name the certificate: -o ssl_chain_cert=FILE, and ssl_key=FILE",
        "serve -Z -o ssl_chain_cert=/nowhere | -o ssl_chain_cert: cannot read the file "
                + "/nowhere",
        "serve -Z -o ssl_chain_cert=pom.xml,ssl_verify_mode=2 | -o ssl_verify_mode: name who "
                + "signs the clients' certificates: ssl_ca_cert=FILE",
        "serve -Z -o ssl_chain_cert=pom.xml,ssl_keyformat=ENGINE | -o ssl_keyformat: OpenSSL "
                + "engines are not available: give a PEM or DER file",
        "serve -e /x | -e: not available: Ringtail does not keep items over a restart",
        "serve -N 3 | -N: not available: Ringtail does not pin connections to network queues",
        "serve -o foo | -o: there is no sub-option 'foo'",
        "serve -l [::1 | -l: ']' is missing in '[::1'", "serve -l , | -l: no address is given",
        "serve --eviction fifo | --eviction: 'fifo' is none of s3fifo, lru",
        "serve --transport x | --transport: 'x' is none of auto, epoll, io_uring, nio",
        "serve --peer-timeout 1h | --peer-timeout: '1h' is not a number that can be used here",
        "serve --max-inflight 0 | --max-inflight: '0' is not in the range 1 to 1048576",
        "serve --peers 10.0.0.1 --advertise 10.0.0.1 | --peers: peers on other machines need "
                + "a secret that all share: --cluster-secret-file FILE",
        "serve --peers localhost,localhost --advertise a | --peers: a peer is named twice",
        "serve --peers localhost -l * | --advertise: say how peers and clients spell this "
                + "node's address: --advertise HOST:PORT",
        "serve --cluster-secret-file /nowhere | --cluster-secret-file: cannot read the file "
                + "/nowhere",
        "serve --config /nowhere | --config: cannot read the file /nowhere",
        "serve -Q | Unknown option: '-Q'", "serve --nosuch | Unknown option: '--nosuch'",
        "serve -p | Missing required parameter for option '--port' (<num>)",
        "serve operand | Unmatched argument at index 1: 'operand'",
        "memcached --peers=a | Unknown option: '--peers=a'",
        "nonsense | Unmatched argument at index 0: 'nonsense'"})
    void mistakesAreNamedAndReturn64(String arguments, String message) {
        assertEquals(ExitCode.USAGE, run(USER, arguments.split(" ")));
        assertEquals("ringtail: " + message, text(err).lines().findFirst().orElse(""));
        assertEquals("", text(out));
    }

    @Test
    void memcachedsFormRefusesRootWithoutAUser() {
        assertEquals(ExitCode.USAGE, run(ROOT, "memcached"));
        assertTrue(text(err).contains("can't run as root without the -u switch"), text(err));
    }

    @Test
    void aTakenPortReturns69() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(ExitCode.UNAVAILABLE,
                    run(USER, "serve", "-m", "2", "-p", "" + taken.getLocalPort()));
            assertTrue(text(err).contains(":" + taken.getLocalPort()), text(err));
        }
    }

    @Test
    void emptyArgumentsAreTakenAsTheyAre() {
        assertEquals(ExitCode.UNAVAILABLE, run(USER, "set", "key", "", "-s", "127.0.0.1:1"));
        assertEquals("ringtail: 127.0.0.1:1: Connection refused\n", text(err));
    }

    @Test
    void anUnknownUserReturns69() {
        assertEquals(ExitCode.UNAVAILABLE, run(ROOT, "memcached", "-u", "no-such-user"));
        assertEquals("ringtail: -u: there is no user 'no-such-user'\n", text(err));
    }

    @Test
    void versionIsMemcachedsInItsForm() {
        assertEquals(ExitCode.OK, run(ROOT, "memcached", "-V"));
        assertEquals("memcached 1.6.45\n", text(out));
    }

    @Test
    void versionIsRingtailsOtherwise() {
        assertEquals(ExitCode.OK, run(ROOT, "serve", "--version"));
        assertTrue(text(out).startsWith("ringtail "), text(out));
    }

    @Test
    void helpShowsEveryFlag() {
        assertEquals(ExitCode.OK, run(USER, "serve", "--help"));
        for (var setting : io.ringtail.server.config.Setting.values()) {
            assertTrue(Pattern.compile("--" + setting.key() + "\\b").matcher(text(out)).find(),
                    setting.key());
        }
    }

    @Test
    void licenceIsPrinted() {
        assertEquals(ExitCode.OK, run(ROOT, "memcached", "-i"));
        assertTrue(text(out).contains("Apache License"), text(out));
    }

    @Test
    void printConfigShowsValuesAndTheirSources() {
        var surroundings = new Surroundings(Map.of("RINGTAIL_THREADS", "3"), 2, false, 0);
        assertEquals(ExitCode.OK, run(surroundings, "serve", "--print-config", "-m", "100", "-vv"));
        var printed = text(out);
        assertTrue(Pattern.compile("(?m)^memory-limit: 100 +# flag -m$").matcher(printed).find(),
                printed);
        assertTrue(Pattern.compile("(?m)^verbose: 2 +# flag -v$").matcher(printed).find(), printed);
        assertTrue(Pattern.compile("(?m)^threads: 3 +# environment RINGTAIL_THREADS$")
                .matcher(printed)
                .find(), printed);
        assertTrue(Pattern.compile("(?m)^port: 11211 +# default$").matcher(printed).find(),
                printed);
    }

    private int run(Surroundings surroundings, String... arguments) {
        return Main.run(arguments, surroundings,
                new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
