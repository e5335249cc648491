package io.ringtail.cluster.peer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The forwarded commands whose replies are not complete, by their number. Numbers are given in
 * order and wrap around; replies may come in any order. Owner: an event loop.
 */
final class ForwardWindow {
    private static final int SMALLEST = 64;

    private @Nullable ForwardReply[] replies = new ForwardReply[SMALLEST];
    private int[] commandBytes = new int[SMALLEST];
    private int oldest;
    private int next;
    private int open;
    private long bytes;

    /** Enters a command and gives its number. */
    int add(ForwardReply reply, int itsBytes) {
        if (next - oldest == replies.length) {
            grow();
        }
        int slot = next & replies.length - 1;
        replies[slot] = reply;
        commandBytes[slot] = itsBytes;
        open++;
        bytes += itsBytes;
        return next++;
    }

    /** Who waits for that number; null where nobody does. */
    @Nullable
    ForwardReply get(int number) {
        int distance = number - oldest;
        return distance < 0 || distance >= next - oldest ? null
                : replies[number & replies.length - 1];
    }

    /** Forgets a number that was answered. */
    void remove(int number) {
        int slot = number & replies.length - 1;
        replies[slot] = null;
        bytes -= commandBytes[slot];
        open--;
        while (oldest != next && replies[oldest & replies.length - 1] == null) {
            oldest++;
        }
    }

    boolean isEmpty() {
        return open == 0;
    }

    int open() {
        return open;
    }

    /** Bytes of all open commands. */
    long bytes() {
        return bytes;
    }

    /** The number that the next command gets. */
    int next() {
        return next;
    }

    /** Forgets those before {@code end}, and hands them over with their number, oldest first. */
    void drain(int end, Drained drained) {
        while (end - oldest > 0) {
            int number = oldest;
            var reply = replies[number & replies.length - 1];
            if (reply == null) {
                oldest++;
            } else {
                remove(number);
                drained.take(number, reply);
            }
        }
    }

    /** Takes a command that will get no reply. */
    interface Drained {
        void take(int number, ForwardReply reply);
    }

    private void grow() {
        int capacity = replies.length;
        var larger = Arrays.copyOf(replies, capacity * 2);
        var largerBytes = new int[capacity * 2];
        Arrays.fill(larger, null);
        for (int number = oldest; number != next; number++) {
            int to = number & capacity * 2 - 1;
            larger[to] = replies[number & capacity - 1];
            largerBytes[to] = commandBytes[number & capacity - 1];
        }
        replies = larger;
        commandBytes = largerBytes;
    }
}
