package io.ringtail.server.execution;

import io.ringtail.cluster.peer.LocalNode;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.request.RequestParser;
import io.ringtail.protocol.side.SideParser;
import io.ringtail.server.execution.CommandExecutor.Rejection;
import java.util.regex.Pattern;

/**
 * Executes the commands that other nodes forward, through the parsers and executors that this
 * node's own clients use. Exactly one command with one key is taken at a time. Owner: an event
 * loop, whose peer connections share it.
 */
public final class ForwardedExecution implements LocalNode {
    private static final Pattern EXPTIME = Pattern.compile("-?[0-9]{1,10}");
    private static final byte[] END = {'E', 'N', 'D', '\r', '\n'};

    private final LoopContext loop;
    private final Language text;
    private final Language binary;
    private final Language side;
    private final ClusterRouting routing;
    private final ForwardedClient client = new ForwardedClient();

    /** How commands of one protocol are read, and who executes them. */
    public record Language(RequestParser parser, CommandExecutor executor) {}

    public ForwardedExecution(LoopContext loop, Language text, Language binary,
            ClusterRouting routing) {
        this.loop = loop;
        this.text = text;
        this.binary = binary;
        this.side = new Language(new SideParser(), new SideExecutor(loop));
        this.routing = routing;
        routing.local(loop, this);
    }

    @Override
    public long epoch() {
        return routing.epoch(loop);
    }

    @Override
    public Outcome execute(int form, boolean sameRing, long address, int bytes, Output output) {
        if (form == ForwardEntry.NODE) {
            return forNode(Memory.latin1(address, bytes).split(" "), output);
        }
        if (form > ForwardEntry.SIDE) {
            return Outcome.VIOLATION;
        }
        var language = switch (form) {
            case ForwardEntry.BINARY -> binary;
            case ForwardEntry.SIDE -> side;
            default -> text;
        };
        var request = loop.request();
        request.commandAddress = address;
        int header = language.parser().parse(address, bytes, request);
        if (header <= 0 || !isOneCommand(request, language, header, bytes)
                || isRetrieval(request, form) != (form == ForwardEntry.RETRIEVAL)) {
            return Outcome.VIOLATION;
        }
        if (!sameRing && !routing.isLocal(request.keyAddress, request.keyBytes, loop)) {
            return Outcome.NOT_OWNER;
        }
        loop.counters().forwards.executed++;
        client.writeTo(output);
        execute(language, request, header);
        if (form == ForwardEntry.RETRIEVAL) {
            dropEnd(output);
        }
        return Outcome.DONE;
    }

    private Outcome forNode(String[] words, Output output) {
        var admin = loop.node().admin();
        if (words[0].equals("stats")) {
            admin.stats("", loop,
                    (name, value) -> output.text("STAT " + name + " " + value + "\r\n"));
            return Outcome.DONE;
        }
        if (!words[0].equals("flush") || words.length != 2
                || !EXPTIME.matcher(words[1]).matches()) {
            return Outcome.VIOLATION;
        }
        loop.counters().cmdFlush++;
        admin.flush(Long.parseLong(words[1]), loop);
        output.text("OK");
        return Outcome.DONE;
    }

    private static boolean isRetrieval(Request request, int form) {
        boolean isText = form == ForwardEntry.TEXT || form == ForwardEntry.RETRIEVAL;
        return isText && (request.operation == Operation.GET
                || request.operation == Operation.GET_AND_TOUCH);
    }

    /** Whether there is one command with one key, and nothing behind it. */
    private static boolean isOneCommand(Request request, Language language, int header, int bytes) {
        if (!request.operation.hasKey() || request.keyBytes == 0) {
            return false;
        }
        long value = request.operation.hasValue()
                ? request.valueBytes + language.executor().terminatorBytes()
                : 0;
        return header + value == bytes;
    }

    private void execute(Language language, Request request, int header) {
        var executor = language.executor();
        if (!request.operation.hasValue()) {
            executor.execute(request, null, client);
            return;
        }
        if (!executor.accepts(request, client)) {
            return;
        }
        long value = request.commandAddress + header;
        if (executor.terminatorBytes() == 2
                && Memory.getShort(value + request.valueBytes) != ('\n' << 8 | '\r')) {
            executor.rejectValue(request, Rejection.BAD_TERMINATOR, client);
        } else if (request.valueBytes <= loop.store().inlineLimit()) {
            request.valueAddress = value;
            executor.execute(request, null, client);
        } else {
            executeLarge(executor, request, value);
        }
    }

    private void executeLarge(CommandExecutor executor, Request request, long value) {
        try (var upload = loop.store().upload(request.valueBytes)) {
            if (upload == null || !upload.append(value, (int) request.valueBytes)) {
                executor.rejectValue(request, Rejection.OUT_OF_MEMORY, client);
            } else {
                executor.execute(request, upload, client);
            }
        }
    }

    /** The coordinator writes one END behind the last of a client's keys. */
    private static void dropEnd(Output output) {
        if (output.written() >= END.length) {
            long end = output.position() - END.length;
            for (int i = 0; i < END.length; i++) {
                if (Memory.getByte(end + i) != END[i]) {
                    return;
                }
            }
            output.position(end);
        }
    }
}
