package io.ringtail.server.wire;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random command sequences give the same bytes through a node that owns none of their keys as on a
 * node alone. A failing seed is printed with the shortest script that still fails.
 */
class ClusterCommandsIT {
    private static final long SEEDS = 150;

    private WireServer cluster;
    private WireServer node;

    @BeforeEach
    void start() throws Exception {
        cluster = ClusterInProcess.start(Vocabulary.keys());
        node = NodeInProcess.start("-m", "1024");
    }

    @AfterEach
    void stop() {
        cluster.close();
        node.close();
    }

    @Test
    void classicCommandsAreForwardedByteForByte() {
        run(new ClassicCommands());
    }

    @Test
    void metaCommandsAreForwardedByteForByte() {
        run(new MetaCommands(true));
    }

    @Test
    void classicAndMetaCommandsMixedAreForwardedByteForByte() {
        run(new MixedCommands(new ClassicCommands(), new MetaCommands(true)));
    }

    @Test
    void binaryCommandsAreForwardedByteForByte() {
        run(new BinaryCommands());
    }

    private void run(CommandSource source) {
        var keyed = new KeyedCommands(source);
        try (Duel duel = new Duel(cluster, node)) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                Duel.Difference difference = duel.run(keyed.script(seed));
                if (difference != null) {
                    fail("seed=" + seed + ": " + new Shrinker(duel).shrink(difference));
                }
            }
        }
    }

    /**
     * Leaves out what acts on the node that is asked, and not on the owner of a key. Also a CAS
     * unique that is a plain number: whether it is an item's depends on the server's hash seed.
     */
    private record KeyedCommands(CommandSource source) implements CommandSource {
        private static final List<String> KEYLESS = List.of("flush_all", "cache_memlimit", "stats");
        private static final Pattern PLAIN_CAS = Pattern.compile("^cas | C\\+?\\d");
        private static final List<Integer> KEYLESS_OPCODES = List.of(0x08, 0x18, 0x10);

        @Override
        public Dialect dialect() {
            return source.dialect();
        }

        @Override
        public Command next(Random random) {
            for (Command command = source.next(random);; command = source.next(random)) {
                if (!isKeyless(command) && !hasPlainCas(command)) {
                    return command;
                }
            }
        }

        private boolean hasPlainCas(Command command) {
            if (command.parts().stream().anyMatch(Command.CasOf.class::isInstance)) {
                return false;
            }
            byte[] bytes = command.render(key -> 1L);
            if (dialect() == Dialect.BINARY) {
                return bytes.length >= 24 && ByteBuffer.wrap(bytes).getLong(16) != 0;
            }
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return PLAIN_CAS.matcher(text.lines().findFirst().orElse("")).find();
        }

        private boolean isKeyless(Command command) {
            byte[] bytes = command.render(key -> 1L);
            if (dialect() == Dialect.BINARY) {
                return bytes.length > 1 && KEYLESS_OPCODES.contains(bytes[1] & 0xFF);
            }
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return KEYLESS.stream().anyMatch(text::contains);
        }
    }
}
