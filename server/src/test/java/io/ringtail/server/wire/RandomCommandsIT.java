package io.ringtail.server.wire;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random command sequences on memcached and Ringtail must give the same bytes. A failing seed is
 * printed with the shortest script that still fails; {@code -Dringtail.seed=N} runs one seed alone
 * and {@code -Dringtail.seeds=N} that many.
 */
class RandomCommandsIT {
    private static final long SEEDS = 600;

    private WireServer memcached;
    private WireServer node;

    @BeforeEach
    void startServers() {
        memcached = MemcachedProcess.start(MemcachedProcess.STEADY);
        node = NodeInProcess.start("-m", "1024");
    }

    @AfterEach
    void stopServers() {
        memcached.close();
        node.close();
    }

    @Test
    void classicCommandsGetTheSameReplies() {
        run(new ClassicCommands());
    }

    @Test
    void metaCommandsGetTheSameReplies() {
        run(new MetaCommands(false));
    }

    @Test
    void classicAndMetaCommandsMixedGetTheSameReplies() {
        run(new MixedCommands(new ClassicCommands(), new MetaCommands(false)));
    }

    @Test
    void binaryCommandsGetTheSameReplies() {
        run(new BinaryCommands());
    }

    private void run(CommandSource source) {
        Long only = Long.getLong("ringtail.seed");
        long from = only == null ? 1 : only;
        long to = only == null ? Long.getLong("ringtail.seeds", SEEDS) : only;
        try (Duel duel = new Duel(node, memcached)) {
            for (long seed = from; seed <= to; seed++) {
                Duel.Difference difference = duel.run(source.script(seed));
                if (difference != null) {
                    fail("seed=" + seed + ": " + new Shrinker(duel).shrink(difference));
                }
            }
        }
    }
}
