package io.ringtail.server.execution;

/** Counts commands by the prefix of their keys, for {@code stats detail}. Thread-safe. */
public interface PrefixCounts {
    void get(long keyAddress, int keyBytes, boolean hit);

    void set(long keyAddress, int keyBytes);

    void delete(long keyAddress, int keyBytes);
}
