package io.ringtail.server.admin;

import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.LoopContext;
import org.jspecify.annotations.Nullable;

/** One administrative command. Called on the event loop of its connection. */
interface Command {
    /** Executes the command; the line that answers it, or null where it has been answered. */
    @Nullable
    String execute(Words words, LoopContext loop, Client client);
}
