package io.ringtail.server.session;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.peer.PeerFrame;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.request.RequestParser;
import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.CommandExecutor.Rejection;
import io.ringtail.server.execution.ReplySlot;
import io.ringtail.server.execution.Routing;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: finds out its protocol, executes the commands in its input as far as
 * replies may still be buffered, keeps what is left, and sends replies in order. Owner: the
 * connection's event loop.
 */
public final class Session implements Client {
    private static final int BINARY_MAGIC = 0x80;
    /** While a connection waits for its turn with more input than this, nothing is read from it. */
    private static final int MAX_BYTES_BEHIND = 64 << 10;

    private final SessionContext context;
    private final Transport transport;
    private final ReplyQueue replies;
    private final Input input;
    private final Origin origin;
    private @Nullable Protocol protocol;
    private @Nullable PendingValue pendingValue;
    private @Nullable Feed feed;
    private @Nullable PeerConnection peer;
    private boolean authenticated;
    private boolean authenticating;
    private boolean closing;
    private boolean closed;
    private boolean paused;
    private boolean wakeQueued;
    /** Bytes that the command at the head of the input needs, where that is known already. */
    private long awaitedBytes;
    private long reservedBytes;
    private int bytesBehind;
    /** Commands until others have their turn. */
    private int allowance;
    private final Runnable wake = this::writable;
    private int lastCommandAt;

    public Session(SessionContext context, Transport transport, Origin origin) {
        this.context = context;
        this.transport = transport;
        this.origin = origin;
        this.input = new Input(context.loop().counters());
        this.replies = new ReplyQueue(transport, context.memory(), this::wakeUp);
        this.lastCommandAt = context.loop().now();
    }

    /** Takes what the client sent; the memory is the caller's again when this returns. */
    public void receive(long address, int bytes) {
        context.loop().counters().bytesRead += bytes;
        if (closing) {
            return;
        }
        if (peer != null) {
            peer.receive(address, bytes);
            return;
        }
        allowance = context.limits().commandsPerTurn();
        if (input.isEmpty() && mayExecute()) {
            int used = consume(address, bytes);
            if (used < bytes && !closing) {
                input.append(address + used, bytes - used);
            }
        } else {
            input.append(address, bytes);
            consumeInput();
        }
        adjustReading();
    }

    /** Sends what the commands of this turn replied. */
    public void flush() {
        if (peer != null) {
            peer.flush();
            return;
        }
        replies.flush();
        finishClosing();
    }

    /**
     * There is room for replies again, or a reply has come. Goes on later in the loop's turn: a
     * socket can take bytes in the middle of a command's reply, and slots complete while other
     * connections are served, so that one wake-up sends all that came in a turn.
     */
    public void wakeUp() {
        if (!wakeQueued && !closed) {
            wakeQueued = true;
            transport.execute(wake);
        }
    }

    void writable() {
        wakeQueued = false;
        if (closed) {
            return;
        }
        if (peer != null) {
            peer.writable();
            return;
        }
        if (replies.isBroken()) {
            closing = true;
            transport.close();
            return;
        }
        replies.flush();
        fillFeed();
        allowance = context.limits().commandsPerTurn();
        consumeInput();
        replies.flush();
        adjustReading();
        finishClosing();
    }

    /** The connection is gone: releases everything. */
    public void closed() {
        if (closed) {
            return;
        }
        closed = true;
        closing = true;
        context.memory().forget(this);
        input.release();
        unreserve();
        if (pendingValue != null) {
            pendingValue.close();
            pendingValue = null;
        }
        replies.close();
        if (peer != null) {
            peer.closed();
        }
        if (feed != null) {
            feed.closed();
            feed = null;
        }
    }

    /** Seconds, on the loop's clock, of the last complete command. */
    public int lastCommandAt() {
        return lastCommandAt;
    }

    /** Whether a watcher, a dump or another node has the connection, and may be silent for long. */
    public boolean isStreaming() {
        return feed != null || peer != null;
    }

    /** Whether all that arrived was executed, and replied to without waiting for anything. */
    public boolean isSettled() {
        return input.isEmpty() && pendingValue == null && !isStreaming() && !replies.isWaiting();
    }

    /** What {@code stats conns} calls this connection's state. */
    public String state() {
        if (feed != null) {
            return "conn_watch";
        }
        if (pendingValue != null) {
            return pendingValue.isSkipping() ? "conn_swallow" : "conn_nread";
        }
        if (replies.isWaiting() || paused) {
            return "conn_mwrite";
        }
        return input.isEmpty() ? "conn_read" : "conn_waiting";
    }

    private void consumeInput() {
        if (!input.isEmpty() && mayExecute()) {
            input.discard(consume(input.address(), input.bytes()));
        }
        if (closing) {
            input.release();
        }
    }

    private int consume(long address, int bytes) {
        int at = 0;
        long fetched = address;
        while (at < bytes && mayExecute() && allowance > 0) {
            if (address + at >= fetched && protocol != null && pendingValue == null) {
                fetched = protocol.executor().fetchAhead(address + at, bytes - at);
            }
            int used = step(address + at, bytes - at);
            if (used == 0) {
                break;
            }
            at += used;
        }
        return at;
    }

    private boolean mayExecute() {
        return !closing && feed == null && transport.isWritable() && !isStarved()
                && replies.held().bytes() < context.limits().maxHeldBytes()
                && (replies.openSlots() == 0 || maySuspend());
    }

    /** Whether another command may wait for another node; one that waits already will wake this. */
    private boolean maySuspend() {
        return replies.openSlots() < context.limits().maxInflight()
                && !routing().isCongested(context.loop());
    }

    private Routing routing() {
        return context.loop().node().routing();
    }

    private boolean isStarved() {
        return context.memory().isScarce() && (transport.hasUnsent() || replies.isWaiting());
    }

    private int step(long address, int bytes) {
        var value = pendingValue;
        if (value != null) {
            return continueValue(value, address, bytes);
        }
        if (bytes < awaitedBytes) {
            return 0;
        }
        awaitedBytes = 0;
        unreserve();
        var spoken = protocol;
        if (spoken == null) {
            if (mayBePeer(address)) {
                return bytes == 1 ? 0 : hello(address, bytes);
            }
            spoken = detect(address);
            protocol = spoken;
        }
        var request = context.loop().request();
        request.commandAddress = address;
        int header = spoken.parser().parse(address, bytes, request);
        if (header <= 0) {
            if (header == RequestParser.HANG_UP) {
                closeAfterReplies();
            }
            return 0;
        }
        return command(spoken, request, header, bytes);
    }

    private int command(Protocol spoken, Request request, int header, int bytes) {
        allowance--;
        if (!request.operation.hasValue()) {
            bytesBehind = bytes - header;
            lastCommandAt = context.loop().now();
            long skipped = request.skipBytes;
            spoken.executor().execute(request, null, this);
            skip(skipped);
            return request.continued ? request.headerBytes : header;
        }
        int terminator = spoken.executor().terminatorBytes();
        long whole = header + request.valueBytes + terminator;
        boolean large = request.valueBytes > inlineLimit(request);
        if (bytes < whole && !large
                && request.valueBytes <= context.loop().store().maxItemBytes()) {
            if (request.valueBytes > context.loop().store().inlineLimit() && !reserve(whole)) {
                spoken.executor().rejectValue(request, Rejection.OUT_OF_MEMORY, this);
                skip(request.valueBytes + terminator);
                return header;
            }
            awaitedBytes = whole;
            return 0;
        }
        lastCommandAt = context.loop().now();
        if (!spoken.executor().accepts(request, this)) {
            skip(request.valueBytes + terminator);
            return header;
        }
        if (large && !isLocal(request)) {
            routing().refuse(request, context.loop(), replies.suspend());
            skip(request.valueBytes + terminator);
            return header;
        }
        if (large) {
            pendingValue = PendingValue.take(context.loop(), request, spoken.executor(), this);
            return header;
        }
        bytesBehind = (int) (bytes - whole);
        request.valueAddress = request.commandAddress + header;
        if (terminator == 2 && !endsWithNewline(request.valueAddress + request.valueBytes)) {
            spoken.executor().rejectValue(request, Rejection.BAD_TERMINATOR, this);
        } else {
            spoken.executor().execute(request, null, this);
        }
        return (int) whole;
    }

    /** Another node's key: the value waits here until it is whole. */
    private boolean reserve(long bytes) {
        if (!context.memory().reserve(bytes)) {
            return false;
        }
        reservedBytes = bytes;
        return true;
    }

    private void unreserve() {
        if (reservedBytes > 0) {
            context.memory().unreserve(reservedBytes);
            reservedBytes = 0;
        }
    }

    private void skip(long bytes) {
        if (bytes > 0) {
            pendingValue = PendingValue.skip(bytes);
        }
    }

    /** The value of another node's key travels behind its command. */
    private long inlineLimit(Request request) {
        int stored = context.loop().store().inlineLimit();
        return request.valueBytes <= stored || isLocal(request) ? stored
                : routing().maxForwardedValue();
    }

    private boolean isLocal(Request request) {
        return !request.operation.hasKey()
                || routing().isLocal(request.keyAddress, request.keyBytes, context.loop());
    }

    static boolean endsWithNewline(long address) {
        return Memory.getShort(address) == ('\n' << 8 | '\r');
    }

    private int continueValue(PendingValue value, long address, int bytes) {
        int used = value.feed(address, bytes);
        if (value.isComplete()) {
            bytesBehind = bytes - used;
            pendingValue = null;
            value.finish(this);
        }
        return used;
    }

    /** A first frame of HELLO is another node's, whatever clients may speak here. */
    private boolean mayBePeer(long address) {
        return context.peers() != null && Memory.getUnsignedByte(address) == BINARY_MAGIC
                && !origin.isDatagram();
    }

    private int hello(long address, int bytes) {
        var peers = context.peers();
        if (peers == null || Memory.getUnsignedByte(address + 1) != PeerFrame.HELLO) {
            protocol = detect(address);
            return step(address, bytes);
        }
        peer = peers.accept(transport, origin);
        peer.receive(address, bytes);
        return bytes;
    }

    private Protocol detect(long address) {
        return switch (origin.binding()) {
            case ASCII -> text();
            case BINARY -> context.binary();
            case AUTO ->
                    Memory.getUnsignedByte(address) == BINARY_MAGIC ? context.binary() : text();
        };
    }

    private Protocol text() {
        var login = context.login();
        return login == null || authenticated ? context.text() : login;
    }

    private void adjustReading() {
        if (isStarved()) {
            context.memory().starve(this);
        }
        boolean mayGoOn = mayExecute();
        boolean yields = mayGoOn && allowance <= 0 && !input.isEmpty();
        if (yields) {
            context.loop().counters().connYields++;
            wakeUp();
        }
        boolean full = !closing && !input.isEmpty()
                && (!mayGoOn || yields && input.bytes() > MAX_BYTES_BEHIND);
        if (full != paused) {
            transport.reading(!full);
        }
        paused = full;
    }

    private void finishClosing() {
        if (closing && !closed && !replies.isWaiting()) {
            transport.close();
        }
    }

    private void fillFeed() {
        while (feed != null && !replies.isWaiting() && transport.isWritable()) {
            switch (feed.fill(this)) {
                case WAIT -> { return; }
                case DONE -> feed = null;
                case MORE -> replies.flush();
            }
        }
    }

    @Override
    public Output output() {
        return replies.output();
    }

    @Override
    public ReplySlot suspend() {
        return replies.suspend();
    }

    @Override
    public void closeAfterReplies() {
        closing = true;
    }

    @Override
    public long id() {
        return origin.id();
    }

    @Override
    public String remoteAddress() {
        return origin.address();
    }

    @Override
    public boolean authenticated() {
        return authenticated;
    }

    @Override
    public void authenticated(boolean nowAuthenticated) {
        this.authenticated = nowAuthenticated;
        if (protocol == context.login()) {
            protocol = null;
        }
    }

    @Override
    public boolean authenticating() {
        return authenticating;
    }

    @Override
    public void authenticating(boolean nowAuthenticating) {
        this.authenticating = nowAuthenticating;
    }

    @Override
    public boolean isFull() {
        return !mayExecute();
    }

    @Override
    public boolean hasMoreInput() {
        return bytesBehind > 0;
    }

    @Override
    public boolean hasPendingReplies() {
        return replies.isWaiting() || replies.output().written() > 0;
    }

    @Override
    public void streamTo(Feed newFeed) {
        this.feed = newFeed;
        wake();
    }

    @Override
    public void wake() {
        transport.execute(this::writable);
    }
}
