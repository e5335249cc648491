package io.ringtail.loadgen.trace;

import io.ringtail.loadgen.preset.Bits;
import io.ringtail.loadgen.workload.KeyText;
import io.ringtail.loadgen.workload.Operation;
import io.ringtail.loadgen.workload.Step;
import io.ringtail.loadgen.workload.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A trace in the CSV form of Twitter's cache traces: timestamp, key, key size, value size, client,
 * operation, TTL. Reads that miss store a value of the trace's size; where it gives none, of one
 * byte. Keys keep their size and become numbers; sizes are bounded by what servers take.
 * Thread-safe: several loops may share the one stream.
 */
public final class TraceWorkload implements Workload, AutoCloseable {
    private static final int COLUMNS = 7;
    private static final int KEY = 1;
    private static final int KEY_SIZE = 2;
    private static final int VALUE_SIZE = 3;
    private static final int OPERATION = 5;
    private static final int TTL = 6;
    /** One day less than where memcached takes it for a date. */
    private static final int MAX_TTL = 29 * 86_400;
    private static final int MAX_VALUE = 1_000_000;
    /** Twelve digits of base 32 and one of them 8: what fits into the shortest key. */
    private static final long KEY_MASK = (1L << 60) - 1;

    private final Path file;
    private final BufferedReader reader;
    private long line;

    private TraceWorkload(Path file, BufferedReader reader) {
        this.file = file;
        this.reader = reader;
    }

    /** Opens a file, compressed where its name ends in .gz, and looks at its first line. */
    public static TraceWorkload open(Path file) throws IOException {
        var bytes = Files.newInputStream(file);
        try {
            var plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
            var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
            var trace = new TraceWorkload(file, reader);
            trace.lookAhead();
            return trace;
        } catch (IOException | TraceException e) {
            bytes.close();
            throw e;
        }
    }

    private void lookAhead() throws IOException {
        reader.mark(1 << 13);
        var first = reader.readLine();
        if (first == null) {
            throw new TraceException(file + " is empty");
        }
        line = 1;
        fill(new Step(), first);
        line = 0;
        reader.reset();
    }

    @Override
    public synchronized boolean next(Step step) {
        try {
            while (true) {
                var text = reader.readLine();
                if (text == null) {
                    return false;
                }
                line++;
                if (!text.isBlank()) {
                    fill(step, text);
                    return true;
                }
            }
        } catch (IOException e) {
            throw new TraceException(file + ": " + e.getMessage());
        }
    }

    /** Key names may hold commas: the other columns are counted from both ends. */
    private void fill(Step step, String text) {
        var columns = text.split(",", -1);
        int shift = columns.length - COLUMNS;
        if (shift < 0) {
            throw wrong("has " + columns.length + " columns of " + COLUMNS + " (timestamp, key, "
                    + "key size, value size, client, operation, TTL)");
        }
        var key = columns[KEY];
        for (int i = 1; i <= shift; i++) {
            key += "," + columns[KEY + i];
        }
        var operation = operation(columns[OPERATION + shift].strip());
        int keyBytes = (int) number(columns[KEY_SIZE + shift], "key size");
        step.set(operation, keyNumber(key, operation),
                Math.clamp(keyBytes, KeyText.MIN_BYTES, KeyText.MAX_BYTES));
        step.setValue(
                (int) Math.clamp(number(columns[VALUE_SIZE + shift], "value size"), 1, MAX_VALUE),
                (int) Math.min(number(columns[TTL + shift], "TTL"), MAX_TTL));
    }

    /** Counters have keys of their own: they hold numbers, and values begin with their keys. */
    private static long keyNumber(String key, Operation operation) {
        long hash = 0;
        for (int i = 0; i < key.length(); i++) {
            hash = Bits.mix(hash * 31 + key.charAt(i));
        }
        return hash >>> 1 & KEY_MASK ^ (operation == Operation.INCREMENT ? 1 : 0);
    }

    private Operation operation(String name) {
        return switch (name) {
            case "get", "gets" -> Operation.READ;
            case "set", "add", "replace", "cas", "append", "prepend" -> Operation.WRITE;
            case "delete" -> Operation.DELETE;
            case "incr", "decr" -> Operation.INCREMENT;
            case "touch" -> Operation.TOUCH;
            default -> throw wrong("has the operation '" + name + "', which is none of get, gets, "
                    + "set, add, replace, cas, append, prepend, delete, incr, decr, touch");
        };
    }

    private long number(String text, String what) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong("has the " + what + " '" + text + "', which is no number");
    }

    private TraceException wrong(String what) {
        return new TraceException(file + ":" + line + ": the line " + what);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
