package io.ringtail.server.net;

import java.net.SocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An address that is spelled when somebody asks: most connections come and go unasked. */
record SocketName(String transport, @Nullable SocketAddress address) implements Supplier<String> {
    @Override
    public String get() {
        return SocketNames.of(transport, address);
    }
}
