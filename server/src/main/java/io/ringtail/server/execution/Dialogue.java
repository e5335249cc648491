package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.request.Request;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What -vv shows on stderr, as memcached does: {@code <ID COMMAND} and {@code >ID REPLY}. Replies
 * that come from elsewhere (another node, the blocks of a large value) are not shown. Who asks
 * {@link WatchLines#wants} for {@link Watchers#DIALOGUE} before pays nothing while it is off.
 * Owner: an event loop.
 */
final class Dialogue {
    private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final String VALUE = "VALUE ";
    private static final int MAX_LINE_BYTES = 500;
    private static final int FRAME_BYTES = 24;

    private final Output output;
    private final long client;
    private final long start;
    private final long position;

    /** To be made before the command is executed. */
    Dialogue(Client client) {
        this.output = client.output();
        this.client = client.id();
        this.start = output.start();
        this.position = output.position();
    }

    static void asked(String line) {
        LOG.debug(clean(line));
    }

    static void askedInBinary(Request request, Client from) {
        LOG.debug("<{} Read binary protocol data:{}", from.id(), hex(request.commandAddress));
    }

    /** Where replies before this one left meanwhile, all that is there is this one's. */
    private long begin() {
        return output.start() == start && output.position() >= position ? position : output.start();
    }

    /** The values by their keys, and the line behind them. */
    void answered() {
        long end = output.position();
        for (long at = begin(); at < end;) {
            var line = line(at, end);
            at += line.length() + 1;
            var shown = line.strip();
            if (!shown.startsWith(VALUE)) {
                LOG.debug(">{} {}", client, clean(shown));
                return;
            }
            var words = shown.split(" ");
            LOG.debug(">{} sending key {}", client, clean(words[1]));
            at += Long.parseLong(words[3]) + 2;
        }
    }

    void answeredInBinary() {
        long from = begin();
        if (output.position() - from >= FRAME_BYTES) {
            LOG.debug(">{} Writing bin response:{}", client, hex(from));
        }
    }

    private static String line(long from, long end) {
        long at = from;
        while (at < end && at - from < MAX_LINE_BYTES && Memory.getByte(at) != '\n') {
            at++;
        }
        return Memory.latin1(from, (int) (at - from));
    }

    private static String hex(long address) {
        var text = new StringBuilder();
        for (int i = 0; i < FRAME_BYTES; i++) {
            int next = Memory.getUnsignedByte(address + i);
            text.append(" 0x")
                    .append(Character.forDigit(next >> 4, 16))
                    .append(Character.forDigit(next & 15, 16));
        }
        return text.toString();
    }

    private static String clean(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }
}
