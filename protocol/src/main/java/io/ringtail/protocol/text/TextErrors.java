package io.ringtail.protocol.text;

/** The error lines of the text protocol, without line ends, in memcached's words. */
public final class TextErrors {
    public static final String UNKNOWN = "ERROR";
    public static final String BAD_FORMAT = "CLIENT_ERROR bad command line format";
    public static final String BAD_DELETE =
            "CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]";
    public static final String BAD_EXPTIME = "CLIENT_ERROR invalid exptime argument";
    public static final String BAD_DELTA = "CLIENT_ERROR invalid numeric delta argument";
    public static final String BAD_DATA = "CLIENT_ERROR bad data chunk";
    public static final String NON_NUMERIC =
            "CLIENT_ERROR cannot increment or decrement non-numeric value";
    public static final String TOO_LARGE = "SERVER_ERROR object too large for cache";
    public static final String OUT_OF_MEMORY = "SERVER_ERROR out of memory";
    public static final String NO_MEMORY_STORING = "SERVER_ERROR out of memory storing object";
    public static final String NO_MEMORY_CREATING =
            "SERVER_ERROR Out of memory allocating new item";

    static final String META_TOO_MANY = "CLIENT_ERROR options flags are too long";
    static final String META_DUPLICATE = "CLIENT_ERROR duplicate flag";
    static final String META_UNKNOWN = "CLIENT_ERROR invalid flag";
    static final String META_UNKNOWN_OR_DUPLICATE = "CLIENT_ERROR invalid or duplicate flag";
    static final String META_KEY = "CLIENT_ERROR error decoding key";
    static final String META_TOKEN = "CLIENT_ERROR bad token in command line format";
    static final String META_OPAQUE = "CLIENT_ERROR opaque token too long";
    static final String META_INITIAL = "CLIENT_ERROR invalid numeric initial value";
    static final String META_DELTA = "CLIENT_ERROR invalid numeric delta value";
    static final String META_MODE_BYTES = "CLIENT_ERROR incorrect length for M token";
    static final String META_SET_MODE = "CLIENT_ERROR invalid mode for ms M token";
    static final String META_ARITHMETIC_MODE = "CLIENT_ERROR invalid mode for ma M token";

    private TextErrors() {}
}
