package io.ringtail.protocol.request;

/** What a request asks for, whichever protocol it came in. */
public enum Operation {
    /** Classic retrieval: text get and gets, binary GET family. */
    GET,
    /** Retrieval that also sets the exptime: gat, gats, binary GAT family. */
    GET_AND_TOUCH, TOUCH, SET, ADD, REPLACE, APPEND, PREPEND, CAS, DELETE, INCREMENT, DECREMENT,
    META_GET, META_SET, META_DELETE, META_ARITHMETIC, META_NOOP, META_DEBUG,
    /** Commands without a key: their words are in the request's line. */
    FLUSH_ALL, STATS, VERSION, VERBOSITY, QUIT, NOOP, SHUTDOWN, CACHE_MEMLIMIT, WATCH, LRU,
    LRU_CRAWLER, SLABS, EXTSTORE, REFRESH_CERTS, CONFIG, MALFORMED,
    /** Binary: lengths that do not suit the opcode; an opcode that does not exist. */
    INVALID, UNKNOWN,
    /** Binary SASL. */
    SASL_LIST, SASL_AUTH, SASL_STEP;

    /**
     * Whether a payload of {@link Request#valueBytes} bytes follows the command's line or header.
     */
    public boolean hasValue() {
        return switch (this) {
            case SET, ADD, REPLACE, APPEND, PREPEND, CAS, META_SET -> true;
            case SASL_AUTH, SASL_STEP -> true;
            default -> false;
        };
    }

    /** Whether the command is about one key or, in the text protocol's retrievals, several. */
    public boolean hasKey() {
        return switch (this) {
            case GET, GET_AND_TOUCH, TOUCH, SET, ADD, REPLACE, APPEND, PREPEND, CAS, DELETE,
                    INCREMENT, DECREMENT, META_GET, META_SET, META_DELETE, META_ARITHMETIC,
                    META_DEBUG -> true;
            default -> false;
        };
    }
}
