package io.ringtail.loadgen.exchange;

import io.ringtail.loadgen.stats.Failure;
import io.ringtail.loadgen.stats.LoopTally;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.text.Scan;

/**
 * Takes whole replies off the front of what arrived and checks each against what was asked: a
 * value has to begin with its key. Owner: an event loop.
 */
public final class ReplyReader {
    /** A status line is never longer; a server that sends one is no memcached. */
    private static final int MAX_LINE = 8 << 10;
    private static final int SHOWN = 80;
    private static final int VALUE = word("VALU");
    private static final int META_VALUE = word("VA ");
    private static final int WORD_OF_THREE = 0xFFFFFF;
    private static final int END_LINE = word("END\r");
    private static final int META_MISS = word("EN\r\n");
    private static final int META_DONE = word("HD\r\n");
    private static final int STORED = word("STOR");
    /** NOT_STORED and NOT_FOUND. */
    private static final int NOT_STORED = word("NOT_");
    private static final int META_NOT_STORED = word("NS\r\n");
    private static final int DELETED = word("DELE");
    private static final int TOUCHED = word("TOUC");
    private static final int SHORTEST_LINE = 4;
    private static final int LINE_END = 2;
    private static final short LINE_END_BYTES = (short) ('\r' | '\n' << 8);
    private static final int MAX_DIGITS = 18;
    private static final long MAX_VALUE = 1L << 30;

    private final LoopTally tally;
    private long nowNanos;

    public ReplyReader(LoopTally tally) {
        this.tally = tally;
    }

    private static int word(String text) {
        int word = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            word = word << 8 | text.charAt(i);
        }
        return word;
    }

    /** Returns how many bytes of [{@code from}, {@code end}) were taken. */
    public long read(Exchange of, long from, long end, long now) throws WrongReplyException {
        nowNanos = now;
        long at = from;
        while (!of.isAnswered()) {
            long newline = Scan.newline(at, end);
            if (newline == end) {
                if (end - at > MAX_LINE) {
                    throw wrong(of, at, end, "a line without end");
                }
                break;
            }
            if (newline - at < SHORTEST_LINE - 1) {
                throw wrong(of, at, end, "no reply at all");
            }
            long after = reply(of, at, newline + 1, end);
            if (after == at) {
                break;
            }
            at = after;
        }
        return at - from;
    }

    /** Returns where the reply ends, or {@code at} where it is not complete. */
    private long reply(Exchange of, long at, long lineEnd, long end) throws WrongReplyException {
        return switch (of.kind(of.next())) {
            case GET -> get(of, at, lineEnd, end);
            case META_GET -> metaGet(of, at, lineEnd, end);
            case LEASED_GET -> leasedGet(of, at, lineEnd, end);
            case INCREMENT -> increment(of, at, lineEnd, end);
            case SET -> status(of, at, lineEnd, STORED);
            case META_SET -> status(of, at, lineEnd, META_DONE);
            case DELETE -> status(of, at, lineEnd, DELETED);
            case TOUCH -> status(of, at, lineEnd, TOUCHED);
        };
    }

    private long get(Exchange of, long at, long lineEnd, long end) throws WrongReplyException {
        int first = Memory.getInt(at);
        if (first == VALUE) {
            return value(of, at, lineEnd, end);
        }
        if (first != END_LINE) {
            return failedLine(of, at, lineEnd);
        }
        missed(of, of.sought(), of.groupEnd(of.next()));
        answered(of);
        return lineEnd;
    }

    /**
     * {@code VALUE <key> <flags> <bytes>}: of the group's next keys, those before this one missed.
     */
    private long value(Exchange of, long at, long lineEnd, long end) throws WrongReplyException {
        long keyAt = at + "VALUE ".length();
        int groupEnd = of.groupEnd(of.next());
        int entry = of.sought();
        while (entry < groupEnd && !isKey(of, entry, keyAt, lineEnd)) {
            entry++;
        }
        if (entry == groupEnd) {
            throw wrong(of, at, lineEnd, "a value that was not asked for");
        }
        long flagsEnd = Scan.space(keyAt + of.keyBytes(entry) + 1, lineEnd);
        long bytes = number(flagsEnd + 1, lineEnd - LINE_END);
        if (!isComplete(of, lineEnd, bytes, end)) {
            return at;
        }
        check(of, entry, lineEnd, bytes);
        missed(of, of.sought(), entry);
        tally.hit();
        of.soughtTo(entry + 1);
        return lineEnd + bytes + LINE_END;
    }

    private static boolean isKey(Exchange of, int entry, long keyAt, long lineEnd) {
        int bytes = of.keyBytes(entry);
        return lineEnd - keyAt > bytes && Memory.getByte(keyAt + bytes) == ' '
                && Memory.equal(keyAt, of.keyAddress(entry), bytes);
    }

    /** {@code VA <bytes>} and the value, or {@code EN}. */
    private long metaGet(Exchange of, long at, long lineEnd, long end) throws WrongReplyException {
        int first = Memory.getInt(at);
        if ((first & WORD_OF_THREE) == META_VALUE) {
            long bytes = number(at + 3, lineEnd - LINE_END);
            if (!isComplete(of, lineEnd, bytes, end)) {
                return at;
            }
            check(of, of.next(), lineEnd, bytes);
            tally.hit();
            answered(of);
            return lineEnd + bytes + LINE_END;
        }
        if (first != META_MISS) {
            return failedLine(of, at, lineEnd);
        }
        missed(of, of.next(), of.next() + 1);
        answered(of);
        return lineEnd;
    }

    /** {@code VA <bytes> [W|Z]*}: a W wins the lease, a Z alone has to wait for who won it. */
    private long leasedGet(Exchange of, long at, long lineEnd, long end)
            throws WrongReplyException {
        if ((Memory.getInt(at) & WORD_OF_THREE) != META_VALUE) {
            return failedLine(of, at, lineEnd);
        }
        long bytesEnd = Math.min(Scan.space(at + 3, lineEnd), lineEnd - LINE_END);
        long bytes = number(at + 3, bytesEnd);
        if (!isComplete(of, lineEnd, bytes, end)) {
            return at;
        }
        if (has((byte) 'W', bytesEnd, lineEnd)) {
            tally.won();
            missed(of, of.next(), of.next() + 1);
        } else if (bytes == 0) {
            tally.waited();
        } else {
            check(of, of.next(), lineEnd, bytes);
            tally.hit();
        }
        answered(of);
        return lineEnd + bytes + LINE_END;
    }

    private static boolean has(byte flag, long from, long end) {
        for (long at = from; at < end; at++) {
            if (Memory.getByte(at) == flag) {
                return true;
            }
        }
        return false;
    }

    /** {@code VA <bytes>} and a number. */
    private long increment(Exchange of, long at, long lineEnd, long end)
            throws WrongReplyException {
        if ((Memory.getInt(at) & WORD_OF_THREE) != META_VALUE) {
            return failedLine(of, at, lineEnd);
        }
        long bytes = number(at + 3, lineEnd - LINE_END);
        if (!isComplete(of, lineEnd, bytes, end)) {
            return at;
        }
        if (number(lineEnd, lineEnd + bytes) < 0) {
            throw wrong(of, at, lineEnd + bytes, "a counter that is no number");
        }
        answered(of);
        return lineEnd + bytes + LINE_END;
    }

    /** One line that says yes, or no. */
    private long status(Exchange of, long at, long lineEnd, int yes) throws WrongReplyException {
        int first = Memory.getInt(at);
        if (first == yes) {
            answered(of);
            return lineEnd;
        }
        if (first == NOT_STORED || first == META_NOT_STORED) {
            tally.refused();
            answered(of);
            return lineEnd;
        }
        return failedLine(of, at, lineEnd);
    }

    private boolean isComplete(Exchange of, long lineEnd, long bytes, long end)
            throws WrongReplyException {
        if (bytes < 0 || bytes > MAX_VALUE) {
            throw wrong(of, lineEnd - LINE_END, lineEnd, "a value without a length");
        }
        return end - lineEnd >= bytes + LINE_END;
    }

    private static void check(Exchange of, int entry, long value, long bytes)
            throws WrongReplyException {
        if (!NativeValue.belongsTo(of.keyAddress(entry), of.keyBytes(entry), value, bytes)) {
            throw wrong(of, value, value + bytes, "the value of another key");
        }
        if (Memory.getShort(value + bytes) != LINE_END_BYTES) {
            throw wrong(of, value, value + bytes, "a value that does not end where it should");
        }
    }

    private void missed(Exchange of, int from, int to) {
        if (from == to) {
            return;
        }
        tally.missed(to - from);
        for (int entry = from; entry < to; entry++) {
            of.listener()
                    .missed(of.key(entry), of.keyBytes(entry), of.valueBytes(entry),
                            of.ttlSeconds(entry));
        }
    }

    private void answered(Exchange of) {
        int from = of.next();
        int to = of.groupEnd(from);
        tally.answered(of.kind(from).measure(), nowNanos - of.dueNanos(), to - from);
        of.answeredTo(to);
    }

    private long failedLine(Exchange of, long at, long lineEnd) throws WrongReplyException {
        var line = text(at, lineEnd - LINE_END);
        if (!line.startsWith("SERVER_ERROR") && !line.startsWith("CLIENT_ERROR")
                && !line.startsWith("ERROR")) {
            throw wrong(of, at, lineEnd, "a reply that does not belong to it");
        }
        int from = of.next();
        int to = of.groupEnd(from);
        of.listener().refused(line);
        tally.failed(of.kind(from).measure(), Failure.ERROR_REPLY, nowNanos - of.dueNanos(),
                to - from);
        of.answeredTo(to);
        return lineEnd;
    }

    /** The number that fills [{@code from}, {@code end}), or -1. */
    private static long number(long from, long end) {
        if (from >= end || end - from > MAX_DIGITS) {
            return -1;
        }
        long number = 0;
        for (long at = from; at < end; at++) {
            int digit = Memory.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static WrongReplyException wrong(Exchange of, long at, long end, String what) {
        int entry = of.next();
        return new WrongReplyException(of.kind(entry) + " "
                + text(of.keyAddress(entry), of.keyAddress(entry) + of.keyBytes(entry))
                + " was answered with " + what + ": " + text(at, end));
    }

    private static String text(long from, long end) {
        return Memory.latin1(from, (int) Math.clamp(end - from, 0, SHOWN)).strip();
    }
}
