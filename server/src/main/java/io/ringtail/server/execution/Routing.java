package io.ringtail.server.execution;

import io.ringtail.protocol.request.Request;

/** Which node executes a command. On a single node every key is local. */
public interface Routing {
    /** The owner of a key whose commands this node executes. */
    int LOCAL = -1;

    /**
     * Which node executes commands for the key, {@link #LOCAL} or the number of another member; the
     * one gate that every keyed command passes. The number holds until the command is forwarded.
     */
    int ownerOf(long keyAddress, int keyBytes, LoopContext loop);

    /** Whether this node executes commands for the key. */
    default boolean isLocal(long keyAddress, int keyBytes, LoopContext loop) {
        return ownerOf(keyAddress, keyBytes, loop) == LOCAL;
    }

    /** Sends the command to the owner of its key and lets the owner's reply fill {@code slot}. */
    void forward(int owner, Request request, LoopContext loop, ReplySlot slot);

    /**
     * Whether so much is on its way to other nodes that a connection which waits for their replies
     * already should not send more.
     */
    default boolean isCongested(LoopContext loop) {
        return false;
    }

    /**
     * The largest value that can be sent to another node. A command whose value has not more is to
     * be executed with the value behind its header.
     */
    default long maxForwardedValue() {
        return Long.MAX_VALUE;
    }

    /** Answers a command for another node's key whose value is larger than that. */
    default void refuse(Request request, LoopContext loop, ReplySlot slot) {
        throw new IllegalStateException("a single node forwards nothing");
    }

    /** Lets the owner of a key that is not local forget it, as far as it can be reached. */
    default void drop(Request request, LoopContext loop) {
        throw new IllegalStateException("a single node forwards nothing");
    }

    /** A node alone. */
    Routing SINGLE = new Routing() {
        @Override
        public int ownerOf(long keyAddress, int keyBytes, LoopContext loop) {
            return LOCAL;
        }

        @Override
        public void forward(int owner, Request request, LoopContext loop, ReplySlot slot) {
            throw new IllegalStateException("a single node forwards nothing");
        }
    };
}
