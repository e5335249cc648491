package io.ringtail.protocol.text;

import io.ringtail.protocol.memory.Memory;

/** The words of one line, split at spaces. Owner: its parser, which fills it anew for each line. */
final class Tokens {
    /** Words beyond these are not told apart. */
    static final int MAX = 23;

    private final long[] addresses = new long[MAX];
    private final int[] lengths = new int[MAX];
    private int count;

    void split(long from, long end) {
        count = 0;
        long at = Scan.skipSpaces(from, end);
        while (at < end && count < MAX) {
            long wordEnd = Scan.space(at, end);
            addresses[count] = at;
            lengths[count++] = (int) (wordEnd - at);
            at = Scan.skipSpaces(wordEnd, end);
        }
    }

    int count() {
        return count;
    }

    long address(int index) {
        return addresses[index];
    }

    int bytes(int index) {
        return lengths[index];
    }

    /** Whether the last word is {@code text}. */
    boolean lastIs(Word text) {
        return count > 0 && text.matches(addresses[count - 1], lengths[count - 1]);
    }

    byte first(int index) {
        return Memory.getByte(addresses[index]);
    }
}
