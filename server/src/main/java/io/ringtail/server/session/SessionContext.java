package io.ringtail.server.session;

import io.ringtail.server.execution.LoopContext;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one event loop share. Owner: that event loop.
 *
 * @param login what is spoken instead of {@code text} until the client has authenticated
 */
public record SessionContext(LoopContext loop, Protocol text, Protocol binary,
        @Nullable Protocol login, ReplyMemory memory, SessionLimits limits) {
    /** Without authentication. */
    public SessionContext(LoopContext loop, Protocol text, Protocol binary, ReplyMemory memory,
            SessionLimits limits) {
        this(loop, text, binary, null, memory, limits);
    }
}
