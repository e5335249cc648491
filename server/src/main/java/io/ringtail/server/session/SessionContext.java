package io.ringtail.server.session;

import io.ringtail.server.execution.LoopContext;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one event loop share. Owner: that event loop.
 *
 * @param login the text protocol of clients that have not said who they are; null where they need
 *     not
 * @param peers takes over the connections of other nodes; null where this node is alone
 */
public record SessionContext(LoopContext loop, Protocol text, Protocol binary,
        @Nullable Protocol login, ReplyMemory memory, SessionLimits limits,
        @Nullable PeerAcceptor peers) {}
