package io.ringtail.server.net;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.ringtail.server.config.NodeConfig.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AcceptedSocketIT {
    private record Options(boolean keepAlive, boolean noDelay) {}

    @ParameterizedTest
    @EnumSource(Transport.class)
    void keepsAliveAndDoesNotDelay(Transport asked) throws Exception {
        var transport = available(asked);
        var seen = new CompletableFuture<Options>();
        var group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
        try {
            var bootstrap = new ServerBootstrap().group(group)
                    .channel(transport.serverChannel())
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            var config = channel.config();
                            seen.complete(new Options(config.isKeepAlive(), config.isTcpNoDelay()));
                        }
                    });
            transport.keepAlive(bootstrap);
            var listener = bootstrap.bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
            try (var client = connect(listener)) {
                var options = seen.get(30, TimeUnit.SECONDS);
                assertTrue(client.isConnected());
                assertTrue(options.keepAlive());
                assertTrue(options.noDelay());
            }
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    private static NetworkTransport available(Transport asked) {
        try {
            return NetworkTransport.of(asked);
        } catch (IllegalArgumentException e) {
            assumeTrue(false, e.getMessage());
            throw e;
        }
    }

    private static Socket connect(Channel listener) throws java.io.IOException {
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }
}
