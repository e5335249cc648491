package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Output;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the client of another node while its command is executed here. Owner: an event loop,
 * one command at a time.
 */
final class ForwardedClient implements Client {
    private @Nullable Output output;

    /** The next command's reply goes there. */
    void writeTo(Output target) {
        output = target;
    }

    @Override
    public Output output() {
        return Objects.requireNonNull(output, "no command is executed");
    }

    @Override
    public ReplySlot suspend() {
        throw new IllegalStateException("a forwarded command is not forwarded again");
    }

    @Override
    public void closeAfterReplies() {
        // The connection is another node's: what one of its clients did does not end it.
    }

    @Override
    public long id() {
        return 0;
    }

    @Override
    public String remoteAddress() {
        return "peer";
    }

    @Override
    public boolean authenticated() {
        return true;
    }

    @Override
    public void authenticated(boolean authenticated) {
        // The node that the client is connected to knows.
    }

    @Override
    public boolean authenticating() {
        return false;
    }

    @Override
    public void authenticating(boolean authenticating) {
        // As above.
    }

    @Override
    public boolean hasMoreInput() {
        return false;
    }

    @Override
    public boolean hasPendingReplies() {
        return false;
    }

    @Override
    public void streamTo(Feed feed) {
        throw new IllegalStateException("a forwarded command starts no stream");
    }

    @Override
    public void wake() {
        throw new IllegalStateException("a forwarded command starts no stream");
    }
}
