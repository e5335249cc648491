package io.ringtail.server.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entity tags of a condition: an item's is its CAS unique. Immutable.
 *
 * @param any {@code *}: whatever there is
 */
record EntityTags(boolean any, List<Long> uniques) {
    static final EntityTags NONE = new EntityTags(false, List.of());
    private static final int MAX_TAGS = 16;

    /** Reads If-Match or If-None-Match; null: there is no such header. */
    static @Nullable EntityTags parse(@Nullable String header) throws RefusedException {
        if (header == null) {
            return null;
        }
        if (header.strip().equals("*")) {
            return new EntityTags(true, List.of());
        }
        var uniques = new ArrayList<Long>();
        for (var tag : header.split(",", MAX_TAGS)) {
            uniques.add(unique(tag.strip(), header));
        }
        return new EntityTags(false, uniques);
    }

    /** A tag that was never given matches nothing: 0 is no item's. */
    private static long unique(String tag, String header) throws RefusedException {
        var strong = tag.startsWith("W/") ? tag.substring(2) : tag;
        if (strong.length() < 2 || !strong.startsWith("\"") || !strong.endsWith("\"")) {
            throw RefusedException.badRequest("not an entity tag: " + header);
        }
        try {
            return Long.parseUnsignedLong(strong.substring(1, strong.length() - 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static String of(long cas) {
        return "\"" + Long.toUnsignedString(cas) + "\"";
    }

    boolean contain(long cas) {
        return any || cas != 0 && !uniques.isEmpty() && uniques.contains(cas);
    }

    /** The one tag; 0 where there is none, or several. */
    long only() {
        return uniques.size() == 1 ? uniques.getFirst() : 0;
    }
}
