package io.ringtail.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.ringtail.server.config.ListenAddress.Encryption;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.session.Origin;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets up the connections of one listener. Shared by all loops; immutable. */
final class ClientInitializer extends ChannelInitializer<Channel> {
    private final Map<EventLoop, Loop> loops;
    private final ConnectionRegistry registry;
    private final Traits traits;

    /** What is particular to a listener. */
    record Traits(String name, BindingProtocol protocol, Encryption encryption,
            @Nullable TlsContexts certificates, boolean readsAhead) {}

    ClientInitializer(Map<EventLoop, Loop> loops, ConnectionRegistry registry, Traits traits) {
        this.loops = loops;
        this.registry = registry;
        this.traits = traits;
    }

    @Override
    public boolean isSharable() {
        return true;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (channel.attr(AdmissionHandler.REJECTED).get() != null) {
            registry.countRejected();
            channel.pipeline().addLast(new RejectionHandler());
            return;
        }
        var loop = loops.get(channel.eventLoop());
        if (loop == null) {
            throw new IllegalStateException("no loop for " + channel.eventLoop());
        }
        var certificates = traits.certificates();
        if (certificates != null && traits.encryption() != Encryption.PLAIN) {
            boolean mutual = traits.encryption() == Encryption.MUTUAL_TLS;
            channel.pipeline().addLast(certificates.context(mutual).newHandler(channel.alloc()));
        } else if (!traits.readsAhead()) {
            channel.config().setRecvByteBufAllocator(loop.receiveBuffer());
        }
        var remote = channel.remoteAddress();
        Supplier<String> name =
                remote instanceof InetSocketAddress ? new SocketName("tcp", remote) : traits::name;
        var origin = new Origin(registry.nextId(), name, traits.protocol());
        channel.pipeline().addLast(new ConnectionHandler(loop, registry, origin, traits.name()));
    }
}
