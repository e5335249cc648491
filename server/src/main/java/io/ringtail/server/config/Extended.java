package io.ringtail.server.config;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of -o's sub-options, defaults included, each in its normal form. Immutable. */
public record Extended(Map<ExtendedOption, String> values, Set<ExtendedOption> given) {
    private static final int MAX_SLAB_CHUNK_KIB = 1024;

    public Extended {
        values = Map.copyOf(values);
        given = Set.copyOf(given);
    }

    /** Whether it was set, to whatever value. */
    public boolean isGiven(ExtendedOption option) {
        return given.contains(option);
    }

    public boolean isOn(ExtendedOption option) {
        return "yes".equals(values.get(option));
    }

    public long number(ExtendedOption option) {
        var text = text(option);
        return text == null || text.equals("no") ? 0 : Long.parseLong(text);
    }

    public double decimal(ExtendedOption option) {
        var text = text(option);
        return text == null ? 0 : Double.parseDouble(text);
    }

    /**
     * The largest chunk of memcached's, by which sizes are classed. It is given in kilobytes since
     * memcached 1.6.40, in bytes before; numbers that are too large for the one are the other.
     */
    public int slabChunkBytes() {
        if (isOn(ExtendedOption.NO_CHUNKED_ITEMS)) {
            return MAX_SLAB_CHUNK_KIB << 10;
        }
        long given = number(ExtendedOption.SLAB_CHUNK_MAX);
        return (int) Math.clamp(given <= MAX_SLAB_CHUNK_KIB ? given << 10 : given, 1 << 10,
                MAX_SLAB_CHUNK_KIB << 10);
    }

    /** The sizes of the classes but the last, where they are given. */
    public List<Integer> slabSizes() {
        var text = text(ExtendedOption.SLAB_SIZES);
        return text == null ? List.of()
                : Arrays.stream(text.split("-", -1)).map(Integer::valueOf).toList();
    }

    public @Nullable String text(ExtendedOption option) {
        return values.get(option);
    }

    /** Defaults, with these on top. no_modern counts as default: what it turns off can be set. */
    static Extended over(Map<ExtendedOption, String> given) {
        var values = new EnumMap<ExtendedOption, String>(ExtendedOption.class);
        for (var option : ExtendedOption.values()) {
            var text = option.defaultText();
            if (text != null) {
                values.put(option, text);
            }
        }
        if ("yes".equals(given.get(ExtendedOption.NO_MODERN))) {
            values.put(ExtendedOption.SLAB_REASSIGN, "no");
            values.put(ExtendedOption.SLAB_AUTOMOVE, "0");
            values.put(ExtendedOption.LRU_CRAWLER, "no");
            values.put(ExtendedOption.LRU_MAINTAINER, "no");
            values.put(ExtendedOption.HASH_ALGORITHM, "jenkins");
            values.put(ExtendedOption.SLAB_CHUNK_MAX, "1048576");
        }
        values.putAll(given);
        return new Extended(values, given.keySet());
    }
}
