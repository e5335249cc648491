package io.ringtail.server.config;

import static io.ringtail.server.config.ExtendedOption.HOT_LRU_PCT;
import static io.ringtail.server.config.ExtendedOption.LRU_MAINTAINER;
import static io.ringtail.server.config.ExtendedOption.TEMPORARY_TTL;
import static io.ringtail.server.config.ExtendedOption.WARM_LRU_PCT;

/** The relations that must hold between settings. Those of one setting alone are in Bounds. */
final class Relations {
    private Relations() {}

    static void check(NodeConfig config, SettingValues values) {
        var memory = config.memory();
        if (memory.maxItemBytes() > memory.limitBytes() / Bounds.ITEMS_IN_MEMORY) {
            throw values.wrong(Setting.MAX_ITEM_SIZE,
                    "an item can be at most half of the memory limit, "
                            + Quantity.sizeText(memory.limitBytes()) + " (-m)");
        }
        var limits = config.limits();
        if (limits.connectionBufferBytes() > limits.nodeBufferBytes()) {
            throw new IllegalStateException(
                    "connectionBufferBytes=" + limits.connectionBufferBytes()
                            + " above nodeBufferBytes=" + limits.nodeBufferBytes());
        }
        var extended = config.extended();
        if (extended.number(HOT_LRU_PCT) + extended.number(WARM_LRU_PCT) > Bounds.MAX_LRU_PERCENT) {
            throw new InvalidSettingException(
                    "-o hot_lru_pct and warm_lru_pct: together at most " + Bounds.MAX_LRU_PERCENT);
        }
        var sizes = extended.slabSizes();
        if (!sizes.isEmpty() && sizes.getLast() > extended.slabChunkBytes()) {
            throw new InvalidSettingException("-o slab_sizes: " + sizes.getLast()
                    + " is above slab_chunk_max, " + extended.slabChunkBytes());
        }
        if (values.extended().containsKey(TEMPORARY_TTL) && !extended.isOn(LRU_MAINTAINER)) {
            throw new InvalidSettingException("-o temporary_ttl: needs lru_maintainer to be on");
        }
    }
}
