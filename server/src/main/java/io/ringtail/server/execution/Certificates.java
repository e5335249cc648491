package io.ringtail.server.execution;

import java.io.IOException;

/** The node's TLS certificates. Thread-safe. */
public interface Certificates {
    /** Reads them again; may block. Where they are bad the old ones stay in force. */
    void reload() throws IOException;

    long secondsSinceReload();
}
