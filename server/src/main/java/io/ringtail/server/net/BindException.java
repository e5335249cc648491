package io.ringtail.server.net;

import java.io.IOException;
import java.net.SocketAddress;

/** An address that could not be listened on. */
public final class BindException extends IOException {
    private static final long serialVersionUID = 1;

    BindException(SocketAddress address, Throwable cause) {
        super("cannot listen on " + SocketNames.plain(address) + ": " + cause.getMessage(), cause);
    }
}
