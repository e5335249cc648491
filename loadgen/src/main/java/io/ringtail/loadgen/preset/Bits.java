package io.ringtail.loadgen.preset;

/** Well-mixed bits of a key's number. */
public final class Bits {
    private Bits() {}

    /** The finalizer of MurmurHash3: a bijection of all longs. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 33) * 0xFF51AFD7ED558CCDL;
        z = (z ^ z >>> 33) * 0xC4CEB9FE1A85EC53L;
        return z ^ z >>> 33;
    }
}
