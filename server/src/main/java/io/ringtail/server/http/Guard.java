package io.ringtail.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages from talking to the node through their readers' browsers: a foreign page's
 * requests have its Origin or say cross-site, and a name that was made to point here has dots that
 * no address and no machine next door has. Immutable.
 */
final class Guard {
    private static final AsciiString SEC_FETCH_SITE = AsciiString.cached("sec-fetch-site");
    private static final String HTTP = "http://";

    private final Set<String> names;

    /** {@code names}: hosts with dots that this node is known by. */
    Guard(Set<String> names) {
        this.names = names;
    }

    /** Refuses a request that a browser may have sent for somebody else. */
    void check(HttpHeaders headers) throws RefusedException {
        var host = headers.get(HttpHeaderNames.HOST);
        if (host != null && !isOwn(host)) {
            throw foreign("Host", host);
        }
        var origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null && !isSame(origin, host)) {
            throw foreign("Origin", origin);
        }
        var site = headers.get(SEC_FETCH_SITE);
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw foreign("Sec-Fetch-Site", site);
        }
    }

    private static RefusedException foreign(String header, String value) {
        return new RefusedException(HttpResponseStatus.FORBIDDEN,
                "foreign " + header + ": " + value);
    }

    private static boolean isSame(String origin, @Nullable String host) {
        return host != null && origin.regionMatches(true, 0, HTTP, 0, HTTP.length())
                && origin.substring(HTTP.length()).equalsIgnoreCase(host);
    }

    private boolean isOwn(String host) {
        int colon = host.lastIndexOf(':');
        var name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        if (name.startsWith("[") && name.endsWith("]")) {
            return NetUtil.isValidIpV6Address(name.substring(1, name.length() - 1));
        }
        return name.indexOf('.') < 0 && name.indexOf(':') < 0 || NetUtil.isValidIpV4Address(name)
                || names.contains(name.toLowerCase(Locale.ROOT));
    }
}
