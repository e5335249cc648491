package io.ringtail.loadgen.stats;

/** Why an operation has no result. */
public enum Failure {
    /** The server answered with an error line. */
    ERROR_REPLY("error reply"),
    /** No answer in time. */
    TIMEOUT("timeout"),
    /** The connection ended before the answer. */
    CONNECTION_LOST("connection lost"),
    /** No connection could be made. */
    CONNECT("no connection"),
    /** Not sent, because the server's circuit breaker was open. */
    BREAKER_OPEN("breaker open"),
    /** Due before the end, but not sent soon after it either. */
    UNSENT("not sent");

    private final String text;

    Failure(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Whether the caller waited for it, so that it belongs into the latencies. */
    boolean tookTime() {
        return this != BREAKER_OPEN && this != CONNECT;
    }

    /** Whether it tells the circuit breaker that the server is unwell. */
    public boolean blamesServer() {
        return this == TIMEOUT || this == CONNECTION_LOST || this == CONNECT;
    }
}
