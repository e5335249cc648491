package io.ringtail.loadgen.exchange;

import io.ringtail.loadgen.workload.Step;
import io.ringtail.protocol.memory.Decimal;
import io.ringtail.protocol.memory.Memory;

/** Writes steps as commands into exchanges. Owner: an event loop. */
public final class CommandWriter {
    /** Words, numbers, blanks and line ends around a key and a value. */
    private static final int AROUND = 96;
    private static final int GET = word("get ");
    private static final int SET = word("set ");
    private static final int DELETE = word("dele");
    private static final int TOUCH = word("touc");
    private static final int META_VALUE = word(" v\r\n");
    private static final short META_GET = pair("mg");
    private static final short META_SET = pair("ms");
    private static final short META_COUNT = pair("ma");
    private static final short END = pair("\r\n");
    private static final byte BLANK = ' ';

    private final boolean meta;

    /** With meta commands where classic ones would do as well. */
    public CommandWriter(boolean meta) {
        this.meta = meta;
    }

    private static int word(String text) {
        return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
    }

    private static short pair(String text) {
        return (short) (text.charAt(0) | text.charAt(1) << 8);
    }

    public void write(Exchange to, Step step) {
        switch (step.operation()) {
            case READ -> read(to, step);
            case LEASED_READ -> leasedRead(to, step);
            case WRITE ->
                    set(to, step.key(), step.keyBytes(), step.valueBytes(), step.ttlSeconds());
            case DELETE -> delete(to, step);
            case INCREMENT -> increment(to, step);
            case TOUCH -> touch(to, step);
        }
    }

    private void read(Exchange to, Step step) {
        long at = to.ensure(step.keyBytes() + AROUND);
        if (meta) {
            Memory.putShort(at, META_GET);
            Memory.putByte(at + 2, BLANK);
            at = key(to, CommandKind.META_GET, step, at + 3);
            Memory.putInt(at, META_VALUE);
            to.writtenTo(at + 4);
        } else {
            Memory.putInt(at, GET);
            to.writtenTo(end(key(to, CommandKind.GET, step, at + 4)));
        }
    }

    /** One key more for a multi-get; {@code first} is what this returned for the first of them. */
    public int readAlso(Exchange to, Step step, int first) {
        long at = to.ensure(step.keyBytes() + AROUND);
        if (first < 0) {
            Memory.putInt(at, GET);
            at += 3;
        }
        Memory.putByte(at, BLANK);
        to.writtenTo(key(to, CommandKind.GET, step, at + 1));
        return first < 0 ? to.entries() - 1 : first;
    }

    /** Ends a multi-get. */
    public void endRead(Exchange to, int first) {
        to.group(first);
        to.writtenTo(end(to.ensure(AROUND)));
    }

    private static void leasedRead(Exchange to, Step step) {
        long at = to.ensure(step.keyBytes() + AROUND);
        Memory.putShort(at, META_GET);
        Memory.putByte(at + 2, BLANK);
        at = key(to, CommandKind.LEASED_GET, step, at + 3);
        Memory.putInt(at, word(" v N"));
        to.writtenTo(end(Decimal.write(at + 4, step.ttlSeconds())));
    }

    /** Stores the value that belongs to a key. */
    public void set(Exchange to, long key, int keyBytes, int valueBytes, int ttlSeconds) {
        long at = to.ensure(keyBytes + valueBytes + AROUND);
        long keyAddress = at + (meta ? 3 : 4);
        NativeKey.write(keyAddress, key, keyBytes);
        to.enter(meta ? CommandKind.META_SET : CommandKind.SET, key, keyAddress, keyBytes);
        if (meta) {
            Memory.putShort(at, META_SET);
            Memory.putByte(at + 2, BLANK);
            at = Decimal.write(blank(keyAddress + keyBytes), valueBytes);
            Memory.putShort(at, pair(" T"));
            at = end(Decimal.write(at + 2, ttlSeconds));
        } else {
            Memory.putInt(at, SET);
            Memory.putShort(keyAddress + keyBytes, pair(" 0"));
            at = Decimal.write(blank(keyAddress + keyBytes + 2), ttlSeconds);
            at = end(Decimal.write(blank(at), valueBytes));
        }
        NativeValue.write(at, valueBytes, keyAddress, keyBytes);
        to.writtenTo(end(at + valueBytes));
    }

    private static void delete(Exchange to, Step step) {
        long at = to.ensure(step.keyBytes() + AROUND);
        Memory.putInt(at, DELETE);
        Memory.putShort(at + 4, pair("te"));
        to.writtenTo(end(key(to, CommandKind.DELETE, step, blank(at + 6))));
    }

    private static void increment(Exchange to, Step step) {
        long at = to.ensure(step.keyBytes() + AROUND);
        Memory.putShort(at, META_COUNT);
        at = key(to, CommandKind.INCREMENT, step, blank(at + 2));
        Memory.putShort(at, pair(" N"));
        at = Decimal.write(at + 2, step.ttlSeconds());
        Memory.putInt(at, word(" J1 "));
        Memory.putByte(at + 4, (byte) 'v');
        to.writtenTo(end(at + 5));
    }

    private static void touch(Exchange to, Step step) {
        long at = to.ensure(step.keyBytes() + AROUND);
        Memory.putInt(at, TOUCH);
        Memory.putByte(at + 4, (byte) 'h');
        at = key(to, CommandKind.TOUCH, step, blank(at + 5));
        to.writtenTo(end(Decimal.write(blank(at), step.ttlSeconds())));
    }

    private static long key(Exchange to, CommandKind kind, Step step, long at) {
        NativeKey.write(at, step.key(), step.keyBytes());
        int entry = to.enter(kind, step.key(), at, step.keyBytes());
        to.afterMiss(entry, step.valueBytes(), step.ttlSeconds());
        return at + step.keyBytes();
    }

    private static long blank(long at) {
        Memory.putByte(at, BLANK);
        return at + 1;
    }

    private static long end(long at) {
        Memory.putShort(at, END);
        return at + 2;
    }
}
