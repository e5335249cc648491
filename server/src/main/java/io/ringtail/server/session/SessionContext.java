package io.ringtail.server.session;

import io.ringtail.server.execution.LoopContext;

/** What the sessions of one event loop share. Owner: that event loop. */
public record SessionContext(LoopContext loop, Protocol text, Protocol binary, ReplyMemory memory,
        SessionLimits limits) {}
