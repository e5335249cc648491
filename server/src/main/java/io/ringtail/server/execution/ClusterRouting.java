package io.ringtail.server.execution;

import io.ringtail.cluster.peer.ForwardReply;
import io.ringtail.cluster.peer.ForwardReply.Failure;
import io.ringtail.cluster.peer.PeerLimits;
import io.ringtail.cluster.peer.PeerLink;
import io.ringtail.cluster.peer.PeerLinks;
import io.ringtail.cluster.peer.PeerStatus;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.side.SideFrame;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The members of a cluster share the keys: commands for a key of another member's go to it over the
 * loop's own link, as the client sent them. Only a get of several keys is taken apart, into one get
 * for each key. Immutable but for the made commands, which each loop has its own of.
 */
public final class ClusterRouting implements Routing {
    private static final int BINARY_MAGIC = 0x80;
    private static final ForwardReply NOBODY = new ForwardReply() {
        @Override
        public void bytes(long address, int bytes) {}

        @Override
        public void done() {}

        @Override
        public void failed(Failure why) {}
    };

    private final List<? extends PeerLinks> links;
    private final List<MadeCommands> made;
    private final List<ForwardRetries> retries;

    /** {@code links} has each event loop's view and links, by the loop's number. */
    public ClusterRouting(List<? extends PeerLinks> links) {
        this.links = List.copyOf(links);
        this.made = Stream.generate(MadeCommands::new).limit(links.size()).toList();
        this.retries = links.stream().map(ForwardRetries::new).toList();
    }

    /** Who executes the commands of {@code loop} whose key has become this node's own. */
    void local(LoopContext loop, ForwardedExecution execution) {
        retries.get(loop.number()).local(execution);
    }

    /** Digest of the ring that the event loop goes by. */
    long epoch(LoopContext loop) {
        return links.get(loop.number()).view().epoch();
    }

    @Override
    public int ownerOf(long keyAddress, int keyBytes, LoopContext loop) {
        var view = links.get(loop.number()).view();
        int owner = view.ownerOf(keyAddress, keyBytes);
        return owner == view.self() ? LOCAL : owner;
    }

    @Override
    public boolean isCongested(LoopContext loop) {
        return links.get(loop.number()).isCongested() || retries.get(loop.number()).isWaiting();
    }

    @Override
    public long maxForwardedValue() {
        return PeerLimits.MAX_VALUE_BYTES;
    }

    @Override
    public void refuse(Request request, LoopContext loop, ReplySlot slot) {
        boolean replaces =
                request.operation == Operation.SET || request.operation == Operation.META_SET;
        if (replaces) {
            drop(request, loop);
        }
        int owner = ownerOf(request.keyAddress, request.keyBytes, loop);
        command(request, loop, slot, links.get(loop.number()).link(owner))
                .failed(Failure.TOO_LARGE);
    }

    @Override
    public void drop(Request request, LoopContext loop) {
        var commands = made.get(loop.number());
        int frame = commands.deletion(request);
        int owner = ownerOf(request.keyAddress, request.keyBytes, loop);
        links.get(loop.number())
                .link(owner)
                .forward(ForwardEntry.BINARY, commands.address(), frame, NOBODY);
    }

    private ForwardedCommand command(Request request, LoopContext loop, ReplySlot slot,
            PeerLink link) {
        loop.counters().forwards.forwarded++;
        return new ForwardedCommand(slot, ForwardFailure.of(request, form(request)),
                loop.counters().forwards, retries.get(loop.number()), link.counters(),
                CommandFamily.of(request.operation));
    }

    /** A get that is taken in parts may start anywhere in its keys, but it is text. */
    private static int form(Request request) {
        if (!request.continued) {
            int magic = Memory.getUnsignedByte(request.commandAddress);
            if (magic == BINARY_MAGIC) {
                return ForwardEntry.BINARY;
            }
            if (magic == SideFrame.MAGIC) {
                return ForwardEntry.SIDE;
            }
        }
        return isRetrieval(request.operation) ? ForwardEntry.RETRIEVAL : ForwardEntry.TEXT;
    }

    @Override
    public void forward(int owner, Request request, LoopContext loop, ReplySlot slot) {
        var link = links.get(loop.number()).link(owner);
        int form = form(request);
        var reply = command(request, loop, slot, link);
        if (form == ForwardEntry.RETRIEVAL) {
            var commands = made.get(loop.number());
            int line = commands.retrieval(request);
            link.forward(ForwardEntry.RETRIEVAL, commands.address(), line, reply);
            return;
        }
        long bytes = request.headerBytes;
        if (request.operation.hasValue()) {
            if (request.valueAddress != request.commandAddress + request.headerBytes) {
                throw new IllegalStateException("the value is not behind its command");
            }
            bytes += request.valueBytes + (form == ForwardEntry.TEXT ? 2 : 0);
        }
        link.forward(form, request.commandAddress, (int) bytes, reply);
    }

    @Override
    public List<String> members(LoopContext loop) {
        return links.get(loop.number()).view().peers().stream().map(PeerStatus::peer).toList();
    }

    @Override
    public void askOthers(String command, LoopContext loop, Consumer<List<MemberAnswer>> then) {
        MemberQuery.ask(links.get(loop.number()), command, then);
    }

    @Override
    public void missedFlush(String member, LoopContext loop) {
        for (var peer : links.get(loop.number()).view().peers()) {
            if (peer.peer().equals(member)) {
                peer.missedFlush();
            }
        }
    }

    private static boolean isRetrieval(Operation operation) {
        return operation == Operation.GET || operation == Operation.GET_AND_TOUCH;
    }
}
