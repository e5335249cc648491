package io.ringtail.loadgen.replay;

import io.ringtail.loadgen.workload.KeyText;
import io.ringtail.loadgen.workload.Step;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A connection to a memcached server that pipelines: commands are collected, sent together, and the
 * answers to gets read in order. Nothing else is answered, or it says what went wrong. Owner: one
 * thread.
 */
final class CacheConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int INPUT_BYTES = 1 << 16;
    private static final int OUTPUT_BYTES = 1 << 16;
    /** Of a command without its value. */
    private static final int MAX_COMMAND_BYTES = 300;
    private static final int LENGTH_WORD = 3;

    private final Socket socket;
    private final InputStream in;
    private final byte[] input = new byte[INPUT_BYTES];
    private int inputAt;
    private int inputEnd;
    private byte[] output = new byte[OUTPUT_BYTES];
    private int outputEnd;
    private final byte[] key = new byte[KeyText.MAX_BYTES];
    private long refusals;

    CacheConnection(InetSocketAddress server) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(server, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = socket.getInputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Its answer is to be read with {@link #readHit}. */
    void get(Step step) {
        command("get ", step, "");
    }

    /** Stores a value that starts with the key. */
    void set(Step step, int ttlSeconds) {
        int bytes = step.valueBytes();
        command("set ", step, " 0 " + ttlSeconds + " " + bytes + " noreply");
        reserve(bytes + 2);
        int keyed = Math.min(bytes, step.keyBytes());
        KeyText.write(step.key(), step.keyBytes(), key, 0);
        System.arraycopy(key, 0, output, outputEnd, keyed);
        Arrays.fill(output, outputEnd + keyed, outputEnd + bytes, (byte) 'v');
        outputEnd += bytes;
        append("\r\n");
    }

    void delete(Step step) {
        command("delete ", step, " noreply");
    }

    private void command(String verb, Step step, String rest) {
        reserve(MAX_COMMAND_BYTES);
        append(verb);
        outputEnd = KeyText.write(step.key(), step.keyBytes(), output, outputEnd);
        append(rest);
        append("\r\n");
    }

    private void append(String text) {
        for (int i = 0; i < text.length(); i++) {
            output[outputEnd++] = (byte) text.charAt(i);
        }
    }

    private void reserve(int bytes) {
        if (outputEnd + bytes > output.length) {
            output = Arrays.copyOf(output, Math.max(output.length * 2, outputEnd + bytes));
        }
    }

    void flush() throws IOException {
        socket.getOutputStream().write(output, 0, outputEnd);
        outputEnd = 0;
    }

    /** Reads the answer to the get of {@code step}: whether it hit. */
    boolean readHit(Step step) throws IOException {
        var line = readLine();
        while (line.startsWith("SERVER_ERROR")) {
            refusals++;
            line = readLine();
        }
        if (line.equals("END")) {
            return false;
        }
        int bytes = KeyText.write(step.key(), step.keyBytes(), key, 0);
        var asked = new String(key, 0, bytes, StandardCharsets.US_ASCII);
        var words = line.split(" ");
        if (!words[0].equals("VALUE") || words.length <= LENGTH_WORD || !words[1].equals(asked)) {
            throw new IOException("asked for " + asked + ", and the server says " + line);
        }
        skip(Integer.parseInt(words[LENGTH_WORD]) + 2);
        line = readLine();
        if (!line.equals("END")) {
            throw new IOException("after the value of " + asked + " the server says " + line);
        }
        return true;
    }

    /** The number that {@code stats} gives under a name. */
    long statistic(String name) throws IOException {
        append("stats\r\n");
        flush();
        long found = 0;
        for (var line = readLine(); !line.equals("END"); line = readLine()) {
            if (line.startsWith("STAT " + name + " ")) {
                found = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return found;
    }

    /** Sets that the server refused. */
    long refusals() {
        return refusals;
    }

    private String readLine() throws IOException {
        int end = inputAt;
        while (true) {
            while (end < inputEnd && input[end] != '\n') {
                end++;
            }
            if (end < inputEnd) {
                var line = new String(input, inputAt, Math.max(0, end - 1 - inputAt),
                        StandardCharsets.US_ASCII);
                inputAt = end + 1;
                return line;
            }
            end -= inputAt;
            fill();
        }
    }

    private void skip(int bytes) throws IOException {
        int left = bytes;
        while (left > inputEnd - inputAt) {
            left -= inputEnd - inputAt;
            inputAt = inputEnd;
            fill();
        }
        inputAt += left;
    }

    /** Moves what is unread to the front and reads more behind it. */
    private void fill() throws IOException {
        System.arraycopy(input, inputAt, input, 0, inputEnd - inputAt);
        inputEnd -= inputAt;
        inputAt = 0;
        if (inputEnd == input.length) {
            throw new IOException("the server sent a line without end");
        }
        int read = in.read(input, inputEnd, input.length - inputEnd);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        inputEnd += read;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
