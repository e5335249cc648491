package io.ringtail.loadgen.workload;

/**
 * Keys as clients send them: the number in digits of base 32, lowest first, filled up with dots to
 * the key's length. A number takes 13 digits at most.
 */
public final class KeyText {
    public static final int MIN_BYTES = 13;
    public static final int MAX_BYTES = 250;

    private static final int DIGIT_BITS = 5;
    private static final long DIGIT_MASK = (1L << DIGIT_BITS) - 1;
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";

    private KeyText() {}

    /** Writes {@code bytes} bytes and returns where they end. */
    public static int write(long key, int bytes, byte[] target, int at) {
        long left = key;
        int end = at + bytes;
        int next = at;
        do {
            if (next == end) {
                throw new IllegalArgumentException(
                        "key=" + key + " needs more than bytes=" + bytes);
            }
            target[next++] = (byte) DIGITS.charAt((int) (left & DIGIT_MASK));
            left >>>= DIGIT_BITS;
        } while (left != 0);
        while (next < end) {
            target[next++] = '.';
        }
        return end;
    }
}
