package io.ringtail.server.execution;

import io.ringtail.protocol.request.Request;

/** Which node executes a command. On a single node every key is local. */
public interface Routing {
    /**
     * Whether this node executes commands for the key; the one gate that every keyed command
     * passes.
     */
    boolean isLocal(long keyAddress, int keyBytes);

    /**
     * Sends the command to the owner of its key and lets the owner's reply fill {@code slot};
     * called where the key is not local.
     */
    void forward(Request request, LoopContext loop, ReplySlot slot);

    /** A node alone. */
    Routing SINGLE = new Routing() {
        @Override
        public boolean isLocal(long keyAddress, int keyBytes) {
            return true;
        }

        @Override
        public void forward(Request request, LoopContext loop, ReplySlot slot) {
            throw new IllegalStateException("a single node forwards nothing");
        }
    };
}
