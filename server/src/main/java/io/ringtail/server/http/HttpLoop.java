package io.ringtail.server.http;

import io.netty.channel.Channel;
import io.ringtail.protocol.side.SideFrame;
import io.ringtail.protocol.side.SideParser;
import io.ringtail.server.execution.SideExecutor;
import io.ringtail.server.net.Loop;
import io.ringtail.server.session.Protocol;
import io.ringtail.server.session.SessionContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the HTTP connections of one event loop share. Owner: that event loop. */
final class HttpLoop {
    private static final int SCRATCH_BYTES =
            SideFrame.HEADER_BYTES + 255 + 1 + SideFrame.MAX_ATTRIBUTE_BYTES;

    private final Loop loop;
    private final SessionContext sessions;
    private final Set<Channel> open = new HashSet<>();
    private final MemorySegment scratch = Arena.ofAuto().allocate(SCRATCH_BYTES, 8);

    HttpLoop(Loop loop) {
        var shared = loop.sessions();
        var protocol = new Protocol("http", new SideParser(), new SideExecutor(shared.loop()));
        this.loop = loop;
        this.sessions = new SessionContext(shared.loop(), protocol, protocol, null, shared.memory(),
                shared.limits(), null);
    }

    /** Remembers a connection until it is closed. */
    void opened(Channel channel) {
        open.add(channel);
        channel.closeFuture().addListener(closed -> open.remove(channel));
    }

    void closeAll() {
        List.copyOf(open).forEach(Channel::close);
    }

    Loop loop() {
        return loop;
    }

    SessionContext sessions() {
        return sessions;
    }

    /** Room for a command, its key and its attribute. */
    long scratch() {
        return scratch.address();
    }
}
