package io.ringtail.loadgen.workload;

/**
 * Which keys are asked for.
 *
 * @param keys ranks that keys are asked for by, again and again
 * @param exponent of the Zipf distribution over the ranks
 * @param change how keys come to new ranks
 * @param once share of the steps that go to keys nobody asks for again
 * @param scan part of the keys that a batch job walks through now and then
 */
public record Popularity(long keys, double exponent, Change change, double once, Scan scan) {
    /**
     * @param steps in which all ranks have changed hands; 0 for never
     */
    public record Change(Kind kind, long steps) {
        public static final Change NONE = new Change(Kind.NONE, 0);

        /** How popularity passes from key to key. */
        public enum Kind {
            /** Not at all. */
            NONE,
            /** Keys come up, have their day and go down again, one after another. */
            WAVE,
            /** A rank is given to a new key, each at a time of its own. */
            RENEWAL
        }

        public Change {
            if (kind != Kind.NONE && steps < 1) {
                throw new IllegalArgumentException("kind=" + kind + " steps=" + steps);
            }
        }
    }

    /**
     * Walks through keys that nobody else asks for, always the same ones in the same order.
     *
     * @param every steps from the start of one walk to the next
     * @param keys of a walk, which takes as many steps
     */
    public record Scan(long every, long keys) {
        public static final Scan NONE = new Scan(1, 0);

        public Scan {
            if (keys < 0 || every <= keys) {
                throw new IllegalArgumentException("every=" + every + " keys=" + keys);
            }
        }
    }

    public Popularity {
        if (keys < 1 || exponent < 0 || once < 0 || once > 1) {
            throw new IllegalArgumentException(
                    "keys=" + keys + " exponent=" + exponent + " once=" + once);
        }
    }

    Popularity dividedBy(int divisor) {
        var change = this.change.kind == Change.Kind.NONE ? this.change
                : new Change(this.change.kind, this.change.steps / divisor);
        return new Popularity(keys / divisor, exponent, change, once,
                scan == Scan.NONE ? scan : new Scan(scan.every / divisor, scan.keys / divisor));
    }
}
