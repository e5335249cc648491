package io.ringtail.server.execution;

import io.ringtail.protocol.request.Request;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /** The names of all members, this node too; empty where it is alone. */
    default List<String> members(LoopContext loop) {
        return List.of();
    }

    /**
     * Lets all other members execute a command for the node itself (see {@link
     * io.ringtail.protocol.peer.ForwardEntry#NODE}), and hands over what they said when all have
     * answered or failed. On a connection between two nodes it keeps its place among the commands.
     */
    default void askOthers(String command, LoopContext loop, Consumer<List<MemberAnswer>> then) {
        then.accept(List.of());
    }

    /** A member that could not be told to flush is told as soon as it is back. */
    default void missedFlush(String member, LoopContext loop) {
        throw new IllegalStateException("a single node has no members");
    }

    /** What a member said; null where it could not be reached. */
    record MemberAnswer(String member, @Nullable String reply) {}

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
