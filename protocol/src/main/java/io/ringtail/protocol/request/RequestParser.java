package io.ringtail.protocol.request;

/**
 * Parses the commands of one protocol out of a connection's input. Stateless but for scratch
 * memory; owner: an event loop.
 */
public interface RequestParser {
    /**
     * Parses the first command's line, or its binary header with extras and key.
     *
     * @return how many bytes it took (they stay readable while the command executes), 0 where more
     *     input is needed, or {@link #HANG_UP} where the connection is to be closed without a word
     */
    int parse(long address, int bytes, Request request);

    int HANG_UP = -1;
}
