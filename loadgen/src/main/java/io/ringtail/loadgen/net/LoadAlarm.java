package io.ringtail.loadgen.net;

/** Hears what ends a load at once. Thread-safe. */
public interface LoadAlarm {
    /** A server's reply does not belong to what was asked. */
    void wrongReply(String what);

    /** A bug of the load generator. */
    void broken(Throwable cause);
}
