package io.ringtail.server.wire;

import java.util.List;

/**
 * What clients send and what they get, as written in a file of {@code
 * src/test/resources/transcripts}:
 *
 * <pre>
 * # a comment
 * {@literal @} newer              not answered so by memcached 1.6.18: replayed on Ringtail alone
 * {@literal @} whole              depends on what arrives together: not sent in parts
 * {@literal @} options -I 2m      the server's options
 * > get a              a line is sent, with its end
 * >| get a\n           bytes are sent as they are, with the escapes of {@link Escapes}
 * >b GET key=a         a binary request, see {@link BinaryNotation}
 * < END                a line is expected, <| bytes, <b a binary reply
 * = closed             the server closes the connection
 * = new                what follows happens on a new connection
 * </pre>
 *
 * Replies may hold <code>{cas}</code> (any), <code>{cas:x}</code> (the same wherever x is named,
 * also in what is sent), <code>{time:N}</code> (N seconds, or one more or less),
 * <code>{number}</code> and
 * <code>{text}</code> (anything without a line end). Immutable.
 */
record Transcript(String name, boolean newer, boolean whole, List<String> options,
        List<Conversation> conversations) {
    /** What happens on one connection. */
    record Conversation(Dialect dialect, List<Step> steps, boolean closes) {}

    /** Bytes to send (with names of CAS uniques still to be filled in) and the replies to them. */
    record Step(Template sent, Template expected) {}

    /** How much is sent on all connections. */
    int sentBytes() {
        return conversations.stream()
                .flatMap(conversation -> conversation.steps().stream())
                .mapToInt(step -> step.sent().literalBytes())
                .sum();
    }

    @Override
    public String toString() {
        return name;
    }
}
