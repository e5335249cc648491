package io.ringtail.server.admin;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The size classes that a walk is asked for. Immutable. */
final class SizeClassSet {
    private static final int CLASSES = 64;

    /**
     * {@code hash} walks the same items as {@code all}: there is one index and no list by class.
     */
    enum Spelling {
        CLASSES, ALL, HASH
    }

    private final Spelling spelling;
    private final BitSet classes;

    private SizeClassSet(Spelling spelling, BitSet classes) {
        this.spelling = spelling;
        this.classes = classes;
    }

    /** {@code all}, {@code hash} or numbers with commas between; null where one is no class. */
    static @Nullable SizeClassSet of(String text) {
        if (text.equals("all") || text.equals("hash")) {
            var every = new BitSet(CLASSES);
            every.set(0, CLASSES);
            return new SizeClassSet(text.equals("all") ? Spelling.ALL : Spelling.HASH, every);
        }
        var classes = new BitSet(CLASSES);
        for (var word : text.split(",")) {
            if (word.isEmpty()) {
                continue;
            }
            var number = new Words(List.of(word)).unsigned(0);
            if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() >= CLASSES) {
                return null;
            }
            classes.set((int) number.getAsLong());
        }
        return new SizeClassSet(Spelling.CLASSES, classes);
    }

    boolean contains(int sizeClass) {
        return classes.get(sizeClass);
    }

    boolean isEmpty() {
        return classes.isEmpty();
    }

    boolean isHash() {
        return spelling == Spelling.HASH;
    }
}
