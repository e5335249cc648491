package io.ringtail.loadgen.exchange;

/** Hears what became of an exchange. Called on the event loop that owns it. */
public interface ExchangeListener {
    /** A key was asked for and is to be stored now. */
    void missed(long key, int keyBytes, int valueBytes, int ttlSeconds);

    /** The server answered a command with this error line. */
    void refused(String line);

    /** All replies are there. */
    void answered(Exchange exchange);

    /** What was not answered has been counted as failed. */
    void failed(Exchange exchange);
}
