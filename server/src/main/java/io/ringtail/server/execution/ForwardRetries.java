package io.ringtail.server.execution;

import io.ringtail.cluster.peer.PeerLinks;
import io.ringtail.protocol.binary.BinaryParser;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.request.RequestParser;
import io.ringtail.protocol.side.SideParser;
import io.ringtail.protocol.text.TextParser;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands that came back because the node they went to did not own their key: while members come
 * or go, nodes may go by different rings. They wait until this node has asked its peers, and are
 * sent once more, to the owner of then. Meanwhile nobody overtakes them: connections that wait for
 * a reply send nothing. Owner: an event loop.
 */
final class ForwardRetries {
    /** Of commands that wait; those that come back beyond that fail. */
    static final int MAX_BYTES = 1 << 20;

    private final PeerLinks links;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int bytes;
    private @Nullable ForwardedExecution local;

    private record Waiting(ForwardedCommand command, int form, byte[] bytes) {}

    ForwardRetries(PeerLinks links) {
        this.links = links;
    }

    /** Who executes commands whose key has become this node's own. */
    void local(ForwardedExecution execution) {
        local = execution;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Keeps a command for later; false where there is no room. */
    boolean add(ForwardedCommand command, int form, long address, int length) {
        if (bytes + length > MAX_BYTES) {
            return false;
        }
        if (waiting.isEmpty()) {
            links.refresh(this::send);
        }
        waiting.add(new Waiting(command, form, Memory.bytes(address, length)));
        bytes += length;
        return true;
    }

    private void send() {
        var due = List.copyOf(waiting);
        waiting.clear();
        bytes = 0;
        due.forEach(this::send);
    }

    private void send(Waiting one) {
        try (var arena = Arena.ofConfined()) {
            int length = one.bytes.length;
            long address = arena.allocate(length).address();
            Memory.copyFrom(one.bytes, 0, address, length);
            var request = new Request();
            request.commandAddress = address;
            parser(one.form).parse(address, length, request);
            var view = links.view();
            int owner = view.ownerOf(request.keyAddress, request.keyBytes);
            if (owner != view.self()) {
                links.link(owner).forward(one.form, address, length, one.command);
            } else if (local != null) {
                one.command.executed(local, one.form, address, length);
            }
        }
    }

    private static RequestParser parser(int form) {
        return switch (form) {
            case ForwardEntry.BINARY -> new BinaryParser();
            case ForwardEntry.SIDE -> new SideParser();
            default -> new TextParser();
        };
    }
}
