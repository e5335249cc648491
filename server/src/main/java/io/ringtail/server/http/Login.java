package io.ringtail.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where clients of the node have to say who they are, those of the side port have to as well: with
 * the same names and passwords, by HTTP's basic scheme. Whether the node lives may be asked by all.
 * Immutable.
 */
final class Login {
    private static final String BASIC = "Basic ";
    private static final Set<String> OPEN = Set.of("/health", "/ready");

    private final @Nullable Users users;

    /** Who may. */
    interface Users {
        boolean admit(byte[] name, byte[] password);
    }

    /** {@code users} null: everybody. */
    Login(@Nullable Users users) {
        this.users = users;
    }

    void check(Exchange exchange) throws RefusedException {
        if (users == null || OPEN.contains(exchange.path())) {
            return;
        }
        var said = exchange.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (said == null || !admits(users, said)) {
            exchange.demandLogin();
            throw new RefusedException(HttpResponseStatus.UNAUTHORIZED, "name and password");
        }
    }

    private static boolean admits(Users users, String said) {
        if (!said.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return false;
        }
        byte[] pair;
        try {
            pair = Base64.getDecoder().decode(said.substring(BASIC.length()).strip());
        } catch (IllegalArgumentException e) {
            return false;
        }
        int colon = new String(pair, StandardCharsets.ISO_8859_1).indexOf(':');
        return colon >= 0 && users.admit(Arrays.copyOf(pair, colon),
                Arrays.copyOfRange(pair, colon + 1, pair.length));
    }
}
