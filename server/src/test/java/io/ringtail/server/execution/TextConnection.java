package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.RequestParser;
import io.ringtail.protocol.text.TextParser;
import io.ringtail.server.execution.CommandExecutor.Rejection;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** Sends text to the executor of a node and takes its replies, as a session would, but at once. */
final class TextConnection {
    final RecordingClient client = new RecordingClient(7);
    private final TestNode node;
    private final TextParser parser = new TextParser();
    private final TextExecutor executor;

    TextConnection(TestNode node) {
        this.node = node;
        this.executor = new TextExecutor(node.loop);
    }

    /** Executes whole commands and returns what they replied. */
    String send(String commands) {
        try (var arena = Arena.ofConfined()) {
            var chars = commands.getBytes(StandardCharsets.ISO_8859_1);
            long address = arena.allocate(chars.length + 8L, 8).address();
            Memory.copyFrom(chars, 0, address, chars.length);
            long end = address + chars.length;
            while (address < end) {
                address += step(address, (int) (end - address));
            }
        }
        return client.takeSent();
    }

    private int step(long address, int bytes) {
        var request = node.loop.request();
        int header = parser.parse(address, bytes, request);
        if (header == RequestParser.HANG_UP) {
            client.closing = true;
            return bytes;
        }
        if (header == 0) {
            throw new IllegalArgumentException("incomplete: " + Memory.latin1(address, bytes));
        }
        if (!request.operation.hasValue()) {
            long skipped = request.skipBytes;
            executor.execute(request, null, client);
            return header + (int) skipped;
        }
        return value(address, header);
    }

    private int value(long address, int header) {
        var request = node.loop.request();
        int whole = header + (int) request.valueBytes + executor.terminatorBytes();
        if (!executor.accepts(request, client)) {
            return whole;
        }
        long value = address + header;
        if (Memory.getShort(value + request.valueBytes) != ('\n' << 8 | '\r')) {
            executor.rejectValue(request, Rejection.BAD_TERMINATOR, client);
        } else if (request.valueBytes <= node.store.inlineLimit()) {
            request.valueAddress = value;
            executor.execute(request, null, client);
        } else {
            upload(value);
        }
        return whole;
    }

    private void upload(long value) {
        var request = node.loop.request();
        try (var upload = node.store.upload(request.valueBytes)) {
            if (upload == null || !upload.append(value, (int) request.valueBytes)) {
                executor.rejectValue(request, Rejection.OUT_OF_MEMORY, client);
            } else {
                executor.execute(request, upload, client);
            }
        }
    }
}
