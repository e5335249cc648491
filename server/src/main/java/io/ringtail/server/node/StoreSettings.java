package io.ringtail.server.node;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.store.SizeClasses;
import io.ringtail.server.store.StoreConfig;
import io.ringtail.server.store.StoreConfig.Eviction;
import java.security.SecureRandom;

/** The store that a node's settings ask for. */
final class StoreSettings {
    private StoreSettings() {}

    static StoreConfig of(NodeConfig config) {
        var memory = config.memory();
        var eviction = switch (memory.eviction()) {
            case S3FIFO -> Eviction.S3FIFO;
            case LRU -> Eviction.LRU;
        };
        boolean clustered = config.cluster().isMember();
        return new StoreConfig(memory.limitBytes(), memory.maxItemBytes(), config.threads(),
                eviction, memory.evictions(), memory.cas(), clustered, memory.largePages(),
                new SecureRandom().nextLong(), sizeClasses(config));
    }

    private static SizeClasses sizeClasses(NodeConfig config) {
        var memory = config.memory();
        var extended = config.extended();
        return SizeClasses.of(memory.growthFactor(), memory.chunkSize(), extended.slabChunkBytes())
                .withSizes(extended.slabSizes());
    }
}
