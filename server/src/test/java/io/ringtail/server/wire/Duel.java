package io.ringtail.server.wire;

import io.ringtail.server.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends the same script to two servers and compares what they reply. CAS uniques must map one to
 * one, clocks may be two seconds apart and as many more as the script took, versions are each
 * server's own; all else must be the same bytes.
 */
final class Duel implements AutoCloseable {
    private static final long SYNC_MILLIS = Patience.MILLIS;
    /**
     * memcached's clock is up to two seconds behind: it ticks apart from the wall clock's seconds.
     */
    private static final long CLOCK_SECONDS = 2;
    private static final int SMALL_CAS_UNIQUES = 8;
    /** What is sent as the CAS unique of an item that is not there. */
    private static final long NO_CAS = 1L << 60;
    private static final Pattern CAS_REPLY = Pattern.compile("HD c(\\d+)");

    private final WireServer left;
    private final WireServer right;
    private final WireConnection leftControl;
    private final WireConnection rightControl;
    private int syncs;

    Duel(WireServer left, WireServer right) {
        this.left = left;
        this.right = right;
        this.leftControl = left.control();
        this.rightControl = right.control();
        leaveSmallCasUniques(leftControl);
        leaveSmallCasUniques(rightControl);
    }

    /** So that a CAS unique a little below an item's own is never 0, which means none. */
    private static void leaveSmallCasUniques(WireConnection control) {
        for (int i = 0; i < SMALL_CAS_UNIQUES; i++) {
            control.ask("set small 0 0 0\r\n\r\n", "STORED\r\n");
        }
    }

    /** What one server did with a script. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Outcome(byte[] replies, boolean complete, boolean closed, long seconds) {
        @Override
        public String toString() {
            return complete ? "all answered" : closed ? "closed" : "silent";
        }
    }

    /** Where the servers differed. */
    record Difference(Script script, String what, String pair) {
        @Override
        public String toString() {
            return what + "\nin " + script;
        }
    }

    /** Runs the script on both servers, which forget everything before. */
    @Nullable
    Difference run(Script script) {
        int firstSync = syncs;
        Outcome one = run(script, left, leftControl, firstSync);
        Outcome other = run(script, right, rightControl, firstSync);
        syncs = (firstSync + script.commands().size() + 1) & 0xFFFF;
        return compare(script, one, other);
    }

    private static Outcome run(Script script, WireServer server, WireConnection control,
            int firstSync) {
        control.ask("flush_all\r\n", "OK\r\n");
        Random random = new Random(script.splitSeed());
        long start = System.nanoTime();
        try (WireConnection connection = server.connect()) {
            ByteArrayOutputStream pending = new ByteArrayOutputStream();
            int sync = firstSync;
            for (Command command : script.commands()) {
                if (command.waits()
                        && !sync(script.dialect(), connection, pending, sync++, random)) {
                    return outcome(connection, false, start);
                }
                pending.writeBytes(command.render(key -> casOf(key, control)));
            }
            boolean complete = sync(script.dialect(), connection, pending, sync, random);
            return outcome(connection, complete, start);
        }
    }

    private static Outcome outcome(WireConnection connection, boolean complete, long start) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        return new Outcome(connection.received(0), complete, connection.isClosed(), seconds);
    }

    /**
     * Sends what is pending, and waits until all of it was answered; false where the connection
     * ended or hangs.
     */
    private static boolean sync(Dialect dialect, WireConnection connection,
            ByteArrayOutputStream pending, int number, Random random) {
        pending.writeBytes(dialect.sync(number));
        byte[] bytes = pending.toByteArray();
        pending.reset();
        int from = connection.receivedBytes();
        connection.send(bytes, cuts(bytes.length, random));
        return connection.awaitSuffix(from, dialect.synced(number), SYNC_MILLIS);
    }

    private static int[] cuts(int bytes, Random random) {
        int count = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> random.nextInt(6);
            default -> random.nextInt(30);
        };
        return random.ints(count, 0, bytes).sorted().toArray();
    }

    private static long casOf(byte[] key, WireConnection control) {
        String reply =
                control.ask("mg " + Base64.getEncoder().encodeToString(key) + " b c u\r\n", "\r\n");
        // Until the next command the server may hold the item, and would not count in its place.
        control.ask("mn\r\n", "MN\r\n");
        Matcher cas = CAS_REPLY.matcher(reply);
        return cas.lookingAt() ? Long.parseUnsignedLong(cas.group(1)) : NO_CAS;
    }

    private @Nullable Difference compare(Script script, Outcome one, Outcome other) {
        List<ReplyTokens.Token> ours = script.dialect().tokens(one.replies);
        List<ReplyTokens.Token> theirs = script.dialect().tokens(other.replies);
        long apart = CLOCK_SECONDS + Math.max(one.seconds, other.seconds);
        Map<String, String> casOfOther = new HashMap<>();
        Map<String, String> casOfOne = new HashMap<>();
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            ReplyTokens.Token a = i < ours.size() ? ours.get(i) : null;
            ReplyTokens.Token b = i < theirs.size() ? theirs.get(i) : null;
            if (a == null || b == null || !alike(a, b, apart, casOfOther, casOfOne)) {
                String what = left.name() + " (" + one + "): " + context(ours, i) + "\n"
                        + right.name() + " (" + other + "): " + context(theirs, i);
                return new Difference(script, what, a + " / " + b);
            }
        }
        return one.closed == other.closed ? null
                : new Difference(script,
                        left.name() + " (" + one + "), " + right.name() + " (" + other + ")",
                        one.closed + " / " + other.closed);
    }

    private static boolean alike(ReplyTokens.Token a, ReplyTokens.Token b, long apart,
            Map<String, String> casOfOther, Map<String, String> casOfOne) {
        if (a.kind() != b.kind()) {
            return false;
        }
        return switch (a.kind()) {
            case LITERAL -> a.text().equals(b.text());
            case OWN -> true;
            case CLOCK -> clocksAlike(a.text(), b.text(), apart);
            case CAS -> casAlike(a.text().strip(), b.text().strip(), casOfOther, casOfOne);
        };
    }

    private static boolean casAlike(String a, String b, Map<String, String> casOfOther,
            Map<String, String> casOfOne) {
        if (a.equals("0") || b.equals("0")) {
            return a.equals(b);
        }
        String known = casOfOther.putIfAbsent(a, b);
        String back = casOfOne.putIfAbsent(b, a);
        return (known == null || known.equals(b)) && (back == null || back.equals(a));
    }

    private static boolean clocksAlike(String a, String b, long apart) {
        if (a.equals("-1") || b.equals("-1")) {
            return a.equals(b);
        }
        // memcached prints a time to live that has passed as an unsigned number: how long the
        // server has been up.
        int one = (int) Long.parseLong(a);
        int other = (int) Long.parseLong(b);
        return (one < 0 && other < 0) || Math.abs(one - other) <= apart;
    }

    private static String context(List<ReplyTokens.Token> tokens, int index) {
        List<String> around = new ArrayList<>();
        for (int i = Math.max(0, index - 6); i < Math.min(tokens.size(), index + 4); i++) {
            String text =
                    Escapes.encode(tokens.get(i).text().getBytes(StandardCharsets.ISO_8859_1));
            around.add(i == index ? "[[" + text + "]]" : text);
        }
        return (index > 6 ? ".." : "") + String.join("|", around)
                + (index >= tokens.size() ? "[[end]]" : "");
    }

    @Override
    public void close() {
        leftControl.close();
        rightControl.close();
    }
}
