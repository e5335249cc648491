package io.ringtail.server.net;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/** Addresses as {@code stats conns} spells them. */
final class SocketNames {
    private SocketNames() {}

    static String of(@Nullable SocketAddress address) {
        return of("tcp", address);
    }

    static String of(String transport, @Nullable SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet when inet.getAddress() instanceof Inet6Address ->
                    transport + "6:[" + host(inet) + "]:" + inet.getPort();
            case InetSocketAddress inet -> transport + ":" + host(inet) + ":" + inet.getPort();
            case DomainSocketAddress unix -> "unix:" + unix.path();
            case UnixDomainSocketAddress unix -> "unix:" + unix.getPath();
            case null, default -> "unknown";
        };
    }

    /** The address as people write it. */
    static String plain(SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet when inet.isUnresolved() ->
                    inet.getHostString() + ":" + inet.getPort() + " (unknown host)";
            case InetSocketAddress inet when inet.getAddress() instanceof Inet6Address ->
                    "[" + host(inet) + "]:" + inet.getPort();
            case InetSocketAddress inet -> host(inet) + ":" + inet.getPort();
            default -> address.toString();
        };
    }

    private static String host(InetSocketAddress inet) {
        var host = inet.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }
}
