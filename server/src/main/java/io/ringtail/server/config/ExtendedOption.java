package io.ringtail.server.config;

import static io.ringtail.server.config.OptionRule.effective;
import static io.ringtail.server.config.OptionRule.idle;
import static io.ringtail.server.config.OptionRule.refused;
import static io.ringtail.server.config.OptionRule.tuning;
import static io.ringtail.server.config.ValueRule.factor;
import static io.ringtail.server.config.ValueRule.flag;
import static io.ringtail.server.config.ValueRule.number;
import static io.ringtail.server.config.ValueRule.numberOrNothing;
import static io.ringtail.server.config.ValueRule.oneOf;
import static io.ringtail.server.config.ValueRule.ratio;
import static io.ringtail.server.config.ValueRule.sizes;
import static io.ringtail.server.config.ValueRule.text;
import static io.ringtail.server.config.ValueRule.toggle;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sub-options of -o, and what becomes of each. Named as memcached's, in lower case. */
public enum ExtendedOption {
    MAXCONNS_FAST(effective("yes", toggle())), HASHPOWER(tuning("0", number(12, 32))),
    NO_HASHEXPAND(tuning("no", flag())), SLAB_REASSIGN(tuning("yes", toggle())),
    SLAB_AUTOMOVE(tuning("1", numberOrNothing(0, 2, "1"))),
    SLAB_AUTOMOVE_RATIO(tuning("0.8", ratio())),
    SLAB_AUTOMOVE_WINDOW(tuning("10", number(3, Integer.MAX_VALUE))),
    SLAB_AUTOMOVE_FREERATIO(tuning("0.01", ratio())),
    TAIL_REPAIR_TIME(tuning("0", number(10, Integer.MAX_VALUE))),
    HASH_ALGORITHM(tuning("murmur3", oneOf("jenkins", "murmur3", "xxh3"))),
    LRU_CRAWLER(effective("yes", toggle())), LRU_CRAWLER_SLEEP(tuning("100", number(0, 1_000_000))),
    LRU_CRAWLER_TOCRAWL(tuning("0", number(0, Bounds.UNSIGNED_INT))),
    LRU_MAINTAINER(tuning("yes", toggle())), HOT_LRU_PCT(tuning("20", number(1, 79))),
    WARM_LRU_PCT(tuning("40", number(1, 79))), HOT_MAX_FACTOR(tuning("0.2", factor())),
    WARM_MAX_FACTOR(tuning("2.0", factor())),
    TEMPORARY_TTL(tuning("61", number(0, Bounds.UNSIGNED_INT))),
    IDLE_TIMEOUT(effective("0", number(0, Integer.MAX_VALUE))),
    WATCHER_LOGBUF_SIZE(effective("256", number(1, Bounds.MAX_LOG_BUFFER_KIB))),
    WORKER_LOGBUF_SIZE(tuning("64", number(1, Bounds.MAX_LOG_BUFFER_KIB))),
    SLAB_SIZES(effective(null, sizes())),
    SLAB_CHUNK_MAX(tuning("524288", number(1, Bounds.MAX_ITEM_BYTES))),
    NO_CHUNKED_ITEMS(tuning("no", flag())), TRACK_SIZES(effective("no", flag())),
    READ_BUF_MEM_LIMIT(effective("0", number(0, Bounds.MAX_BUFFER_MIB))),
    INLINE_ASCII_RESP(idle("no", toggle())), MODERN(idle("no", flag())),
    NO_MODERN(tuning("no", flag())),
    RESP_OBJ_MEM_LIMIT(tuning("0", number(0, Bounds.UNSIGNED_INT))),
    DROP_PRIVILEGES(refused(toggle(),
            "Ringtail installs no system call filter; use the container's or systemd's")),
    RELAXED_PRIVILEGES(refused(flag(), "Ringtail installs no system call filter to relax")),
    SOCK_COOKIE_ID(refused(text(), "Ringtail does not mark sockets for firewalls")),

    SSL_CHAIN_CERT(effective(null, text())), SSL_KEY(effective(null, text())),
    SSL_VERIFY_MODE(effective("0", number(0, 3))),
    SSL_KEYFORMAT(effective("PEM", oneOf("PEM", "DER", "ENGINE"))),
    SSL_CIPHERS(effective(null, text())), SSL_CA_CERT(effective(null, text())),
    SSL_WBUF_SIZE(tuning("16", number(1, Bounds.MAX_LOG_BUFFER_KIB))),
    SSL_SESSION_CACHE(effective("no", flag())),
    SSL_KERNEL_TLS(refused(flag(), "Ringtail encrypts in the process, not in the kernel")),
    SSL_MIN_VERSION(effective("2", number(0, 3))),

    PROXY_CONFIG(refused(text(), OptionRule.NO_PROXY)),
    PROXY_ARG(refused(text(), OptionRule.NO_PROXY)),
    PROXY_URING(refused(flag(), OptionRule.NO_PROXY)),
    PROXY_MEMPROFILE(refused(text(), OptionRule.NO_PROXY)),

    EXT_PATH(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_PAGE_SIZE(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_WBUF_SIZE(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_THREADS(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_IO_DEPTH(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_ITEM_SIZE(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_ITEM_AGE(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_LOW_TTL(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_RECACHE_RATE(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_COMPACT_UNDER(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_DROP_UNDER(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_MAX_SLEEP(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_MAX_FRAG(refused(text(), OptionRule.NO_EXTSTORE)),
    EXT_DROP_UNREAD(refused(flag(), OptionRule.NO_EXTSTORE));

    private static final String NEGATION = "no_";
    private static final Map<String, ExtendedOption> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toMap(ExtendedOption::optionName, Function.identity()));

    private final OptionRule rule;

    ExtendedOption(OptionRule rule) {
        this.rule = rule;
    }

    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public OptionRule rule() {
        return rule;
    }

    @Nullable
    String defaultText() {
        return rule.defaultText();
    }

    /** A sub-option as one types it, with its value normalised. */
    record Assignment(ExtendedOption option, String value) {}

    /** Reads {@code name}, {@code no_name} or {@code name=value}. */
    static Assignment parse(String name, @Nullable String value) {
        var option = BY_NAME.get(name);
        if (option != null) {
            return new Assignment(option, option.check(value));
        }
        return negated(name).map(it -> new Assignment(it, "no"))
                .orElseThrow(
                        () -> new InvalidSettingException("there is no sub-option '" + name + "'"));
    }

    private static Optional<ExtendedOption> negated(String name) {
        return name.startsWith(NEGATION)
                ? Optional.ofNullable(BY_NAME.get(name.substring(NEGATION.length())))
                        .filter(option -> option.rule.value().isNegatable())
                : Optional.empty();
    }

    private String check(@Nullable String value) {
        try {
            var checked = rule.value().check(value);
            if (rule.fate() == OptionRule.Fate.REFUSED && !checked.equals("no")) {
                throw new InvalidSettingException("not available: " + rule.reason());
            }
            return checked;
        } catch (InvalidSettingException e) {
            throw new InvalidSettingException(optionName() + ": " + e.getMessage());
        }
    }
}
