package io.ringtail.server.execution;

import io.ringtail.protocol.request.Request;
import io.ringtail.server.store.Upload;
import org.jspecify.annotations.Nullable;

/**
 * Executes the commands of one protocol and writes their replies. Owner: an event loop, which
 * shares it between its connections.
 */
public interface CommandExecutor {
    /** Bytes of the terminator behind a value: 2 in the text protocols, 0 in binary. */
    int terminatorBytes();

    /**
     * Fetches from memory what the commands that start at {@code address} will read, as far as that
     * pays, and says where those commands end.
     */
    default long fetchAhead(long address, int bytes) {
        return address + bytes;
    }

    /**
     * Called for a command with a value as soon as its header is there. False: the reply was
     * written (too large, not allowed) and the value with its terminator is to be skipped.
     */
    boolean accepts(Request request, Client client);

    /**
     * Executes a complete command. {@code upload} holds the value where it is not at the request's
     * valueAddress.
     */
    void execute(Request request, @Nullable Upload upload, Client client);

    /**
     * Answers a command whose value was not followed by the terminator, or did not fit into memory.
     */
    void rejectValue(Request request, Rejection why, Client client);

    /** Why a value that was announced could not be taken. */
    enum Rejection {
        BAD_TERMINATOR, OUT_OF_MEMORY
    }
}
