package io.ringtail.server.execution;

import io.ringtail.cluster.peer.ForwardReply.Failure;
import io.ringtail.cluster.peer.PeerLimits;
import io.ringtail.cluster.peer.PeerLinks;
import io.ringtail.cluster.ring.Ring;
import io.ringtail.protocol.memory.Decimal;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The members of a cluster share the keys: commands for a key of another member's go to it over the
 * loop's own link, as the client sent them. Only a get of several keys is taken apart, into one get
 * for each key. Immutable but for the scratch memory, which each loop has its own of.
 */
public final class ClusterRouting implements Routing {
    private static final int BINARY_MAGIC = 0x80;
    /** Room for the longest line made here: gats, an exptime and a key. */
    private static final int SCRATCH_BYTES = 512;
    private static final byte[] GET = ascii("get ");
    private static final byte[] GETS = ascii("gets ");
    private static final byte[] GAT = ascii("gat ");
    private static final byte[] GATS = ascii("gats ");

    private final Ring ring;
    private final int self;
    private final List<? extends PeerLinks> links;
    private final long scratch;

    /**
     * Routing by {@code ring}, on which this node is number {@code self}; {@code links} has each
     * event loop's links, by the loop's number.
     */
    public ClusterRouting(Ring ring, int self, List<? extends PeerLinks> links) {
        this.ring = ring;
        this.self = self;
        this.links = List.copyOf(links);
        this.scratch = Arena.ofAuto().allocate((long) SCRATCH_BYTES * links.size()).address();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Digest of the ring that this node goes by. */
    long epoch() {
        return ring.epoch();
    }

    @Override
    public boolean isLocal(long keyAddress, int keyBytes) {
        return ring.ownerOf(keyAddress, keyBytes) == self;
    }

    @Override
    public boolean isCongested(LoopContext loop) {
        return links.get(loop.number()).isCongested();
    }

    @Override
    public long maxForwardedValue() {
        return PeerLimits.MAX_VALUE_BYTES;
    }

    @Override
    public void refuse(Request request, LoopContext loop, ReplySlot slot) {
        command(request, loop, slot).failed(Failure.TOO_LARGE);
    }

    private static ForwardedCommand command(Request request, LoopContext loop, ReplySlot slot) {
        loop.counters().forwards.forwarded++;
        return new ForwardedCommand(slot, ForwardFailure.of(request, isBinary(request)),
                loop.counters().forwards);
    }

    /** A get that is taken in parts may start anywhere in its keys, but it is text. */
    private static boolean isBinary(Request request) {
        return !request.continued && Memory.getUnsignedByte(request.commandAddress) == BINARY_MAGIC;
    }

    @Override
    public void forward(Request request, LoopContext loop, ReplySlot slot) {
        int owner = ring.ownerOf(request.keyAddress, request.keyBytes);
        var link = links.get(loop.number()).link(owner);
        boolean binary = isBinary(request);
        var reply = command(request, loop, slot);
        if (!binary && isRetrieval(request.operation)) {
            long line = scratch + (long) SCRATCH_BYTES * loop.number();
            int bytes = writeRetrieval(line, request);
            link.forward(ForwardEntry.RETRIEVAL, line, bytes, reply);
            return;
        }
        long bytes = request.headerBytes;
        if (request.operation.hasValue()) {
            if (request.valueAddress != request.commandAddress + request.headerBytes) {
                throw new IllegalStateException("the value is not behind its command");
            }
            bytes += request.valueBytes + (binary ? 0 : 2);
        }
        link.forward(binary ? ForwardEntry.BINARY : ForwardEntry.TEXT, request.commandAddress,
                (int) bytes, reply);
    }

    private static boolean isRetrieval(Operation operation) {
        return operation == Operation.GET || operation == Operation.GET_AND_TOUCH;
    }

    private static int writeRetrieval(long line, Request request) {
        boolean touches = request.operation == Operation.GET_AND_TOUCH;
        byte[] word = touches ? request.wantsCas ? GATS : GAT : request.wantsCas ? GETS : GET;
        Memory.copyFrom(word, 0, line, word.length);
        long at = line + word.length;
        if (touches) {
            at = writeExptime(at, request.exptime);
        }
        Memory.copy(request.keyAddress, at, request.keyBytes);
        at += request.keyBytes;
        Memory.putShort(at, (short) ('\n' << 8 | '\r'));
        return (int) (at + 2 - line);
    }

    private static long writeExptime(long address, long exptime) {
        long at = address;
        if (exptime < 0) {
            Memory.putByte(at++, (byte) '-');
        }
        at = Decimal.write(at, Math.abs(exptime));
        Memory.putByte(at, (byte) ' ');
        return at + 1;
    }
}
