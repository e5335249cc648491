package io.ringtail.server.admin;

import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.stats.RuntimeSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * {@code lru}, {@code slabs} and {@code extstore}: they tune parts that only memcached has. What
 * they set is checked as there and shown by {@code stats settings}; it changes nothing else.
 * Thread-safe.
 */
final class TuningCommands {
    private static final String ERROR = "ERROR";
    private static final String OK = "OK";
    private static final String BAD_FORMAT = "CLIENT_ERROR bad command line format";
    private static final int MAX_CLASSES = 64;

    /** What extstore takes a number for, in the order in which shortened words are looked up. */
    private static final List<String> EXTSTORE_NUMBERS = List.of("item_size", "item_age", "low_ttl",
            "recache_rate", "compact_under", "drop_under", "max_sleep", "max_frag", "drop_unread");

    private final RuntimeSettings settings;

    TuningCommands(RuntimeSettings settings) {
        this.settings = settings;
    }

    /** {@code lru tune <hot %> <warm %> <hot factor> <warm factor> | mode <m> | temp_ttl <s>}. */
    String lru(Words words, LoopContext loop, Client client) {
        if (words.shortens(0, "tune") && words.count() >= 5) {
            return tune(words);
        }
        if (words.shortens(0, "mode") && words.count() >= 2) {
            return mode(words);
        }
        if (words.shortens(0, "temp_ttl") && words.count() >= 2) {
            return temporaryTtl(words);
        }
        return ERROR;
    }

    private String tune(Words words) {
        var hot = words.unsigned(1);
        var warm = words.unsigned(2);
        double hotFactor = words.fraction(3);
        double warmFactor = words.fraction(4);
        if (hot.isEmpty() || warm.isEmpty() || Double.isNaN(hotFactor)
                || Double.isNaN(warmFactor)) {
            return ERROR;
        }
        if ((hot.getAsLong() + warm.getAsLong() & 0xFFFF_FFFFL) > 80) {
            return "ERROR hot and warm pcts must not exceed 80";
        }
        if (warmFactor <= 0 || hotFactor <= 0) {
            return "ERROR hot/warm age factors must be greater than 0";
        }
        settings.set("hot_lru_pct", hot.getAsLong());
        settings.set("warm_lru_pct", warm.getAsLong());
        settings.set("hot_max_factor", decimals(hotFactor, 2));
        settings.set("warm_max_factor", decimals(warmFactor, 2));
        return OK;
    }

    private String mode(Words words) {
        if (words.shortens(1, "flat")) {
            settings.set("lru_segmented", false);
            return OK;
        }
        if (words.shortens(1, "segmented")) {
            settings.set("lru_segmented", true);
            return OK;
        }
        return ERROR;
    }

    private String temporaryTtl(Words words) {
        var ttl = words.signed(1);
        if (ttl.isEmpty()) {
            return ERROR;
        }
        settings.set("temp_lru", ttl.getAsInt() >= 0);
        if (ttl.getAsInt() >= 0) {
            settings.set("temporary_ttl", ttl.getAsInt());
        }
        return OK;
    }

    /** {@code slabs reassign <source> <destination> | automove ...}. */
    String slabs(Words words, LoopContext loop, Client client) {
        if (words.count() == 3 && words.shortens(0, "reassign")) {
            return reassign(words);
        }
        if (words.count() >= 2 && words.shortens(0, "automove")) {
            return automove(words);
        }
        return ERROR;
    }

    private static String reassign(Words words) {
        var source = words.signed(1);
        var destination = words.signed(2);
        if (source.isEmpty() || destination.isEmpty()) {
            return BAD_FORMAT;
        }
        if (source.getAsInt() == destination.getAsInt()) {
            return "SAME src and dst class are identical";
        }
        if (!isClass(source.getAsInt()) || !isClass(destination.getAsInt())) {
            return "BADCLASS invalid src or dst class id";
        }
        return "NOSPARE source class has no spare pages";
    }

    private static boolean isClass(int number) {
        return number >= 0 && number < MAX_CLASSES;
    }

    private String automove(Words words) {
        if (words.shortens(1, "ratio")) {
            return fraction(words, "slab_automove_ratio", 2);
        }
        if (words.shortens(1, "freeratio")) {
            return fraction(words, "slab_automove_freeratio", 3);
        }
        if (words.shortens(1, "window")) {
            return window(words);
        }
        var level = words.unsigned(1);
        if (level.isEmpty()) {
            return BAD_FORMAT;
        }
        if (level.getAsLong() > 2) {
            return ERROR;
        }
        settings.set("slab_automove", level.getAsLong());
        return OK;
    }

    private String fraction(Words words, String setting, int digits) {
        double value = words.fraction(2);
        if (Double.isNaN(value)) {
            return ERROR;
        }
        settings.set(setting, decimals(value, digits));
        return OK;
    }

    private String window(Words words) {
        var window = words.unsigned(2);
        if (window.isEmpty()) {
            return BAD_FORMAT;
        }
        if (window.getAsLong() < 3 || window.getAsLong() > 1800) {
            return "CLIENT_ERROR automove window too low or too high";
        }
        settings.set("slab_automove_window", window.getAsLong());
        return OK;
    }

    /** {@code extstore <setting> <value>}. */
    String extstore(Words words, LoopContext loop, Client client) {
        if (words.count() < 2) {
            return ERROR;
        }
        if (words.shortens(0, "free_memchunks") && words.count() > 2) {
            var sizeClass = words.unsigned(1);
            return words.unsigned(2).isPresent() && sizeClass.isPresent()
                    && sizeClass.getAsLong() < MAX_CLASSES ? OK : ERROR;
        }
        for (var setting : EXTSTORE_NUMBERS) {
            if (words.shortens(0, setting)) {
                return extstoreNumber(words, setting);
            }
        }
        return ERROR;
    }

    private String extstoreNumber(Words words, String setting) {
        if (setting.equals("max_frag")) {
            double value = words.fraction(1);
            if (Double.isNaN(value)) {
                return ERROR;
            }
            settings.set("ext_max_frag", decimals(value, 2));
            return OK;
        }
        var value = words.unsigned(1);
        if (value.isEmpty()) {
            return ERROR;
        }
        if (setting.equals("drop_unread")) {
            settings.set("ext_drop_unread", value.getAsLong() != 0);
        } else {
            settings.set("ext_" + setting, value.getAsLong());
        }
        return OK;
    }

    static String decimals(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }
}
