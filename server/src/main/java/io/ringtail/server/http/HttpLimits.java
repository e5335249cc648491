package io.ringtail.server.http;

/** What one HTTP client may ask of the node. */
final class HttpLimits {
    static final int CONNECTIONS = 1024;
    /** A key of 250 bytes takes 750 when all of them are percent-encoded; forms go in bodies. */
    static final int REQUEST_LINE_BYTES = 8 << 10;
    static final int HEADER_BYTES = 16 << 10;
    static final int CHUNK_BYTES = 64 << 10;
    /** A body that is taken as a whole: JSON, a form, or one that came without its length. */
    static final int WHOLE_BODY_BYTES = 1 << 20;
    /** All of those that are incomplete now. */
    static final long WHOLE_BODIES_BYTES = 32 << 20;
    /** A value that is given as JSON. */
    static final int JSON_VALUE_BYTES = 1 << 20;
    static final int IDLE_SECONDS = 120;
    /** Requests of one connection that wait for the one before. */
    static final int PIPELINED = 64;
    /** As many as one read can hold. */
    static final int PIPELINE_DEPTH = 4096;

    private HttpLimits() {}
}
