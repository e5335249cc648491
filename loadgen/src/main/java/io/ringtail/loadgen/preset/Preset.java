package io.ringtail.loadgen.preset;

import static io.ringtail.loadgen.preset.Shares.share;

import io.ringtail.loadgen.workload.Operation;
import java.util.Arrays;
import java.util.Optional;

/** The workloads that have a name, and what they do unless told otherwise. */
public enum Preset {
    GET("get", "reads only", Shares.of(share(Operation.READ, 100))),
    SET("set", "writes only", Shares.of(share(Operation.WRITE, 100))),
    READ_HEAVY("read-heavy", "95 % reads, 5 % writes",
            Shares.of(share(Operation.READ, 95), share(Operation.WRITE, 5))),
    MIXED("mixed", "80 % reads, 14 % writes, 2 % each of deletes, counters and touches",
            Shares.of(share(Operation.READ, 80), share(Operation.WRITE, 14),
                    share(Operation.DELETE, 2), share(Operation.INCREMENT, 2),
                    share(Operation.TOUCH, 2))),
    WRITE_HEAVY("write-heavy", "30 % reads, 70 % writes",
            Shares.of(share(Operation.READ, 30), share(Operation.WRITE, 70))),
    HOT_KEY("hot-key", "99 % reads, 1 % writes; nine of ten go to ten keys",
            Shares.of(share(Operation.READ, 99), share(Operation.WRITE, 1))),
    MULTI_GET("multi-get", "reads, 50 keys at once", Shares.of(share(Operation.READ, 100))),
    DELETE_HEAVY("delete-heavy", "50 % reads, 30 % writes, 20 % deletes",
            Shares.of(share(Operation.READ, 50), share(Operation.WRITE, 30),
                    share(Operation.DELETE, 20))),
    COUNTERS("counters", "counts up", Shares.of(share(Operation.INCREMENT, 100))),
    STAMPEDE("stampede",
            "everybody reads ten keys that expire after a second; one of them loads each anew",
            Shares.of(share(Operation.LEASED_READ, 100)));

    private static final int MULTI_GET_KEYS = 50;
    private static final int STAMPEDE_KEYS = 10;

    private final String text;
    private final String description;
    private final Shares shares;

    Preset(String text, String description, Shares shares) {
        this.text = text;
        this.description = description;
        this.shares = shares;
    }

    public String text() {
        return text;
    }

    public String description() {
        return description;
    }

    Shares shares() {
        return shares;
    }

    /** Keys of one get. */
    public int keysPerGet() {
        return this == MULTI_GET ? MULTI_GET_KEYS : 1;
    }

    /** Seconds that values live, 0 for ever. */
    public int ttlSeconds() {
        return this == STAMPEDE ? 1 : 0;
    }

    /** How many of {@code keys} it uses. */
    public long keys(long keys) {
        return this == STAMPEDE ? Math.min(keys, STAMPEDE_KEYS) : keys;
    }

    /** Whether the keys should be there before it starts. */
    public boolean wantsKeysLoaded() {
        return this != SET && this != COUNTERS && this != STAMPEDE;
    }

    public static Optional<Preset> named(String text) {
        return Arrays.stream(values()).filter(it -> it.text.equals(text)).findFirst();
    }
}
