package io.ringtail.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.ringtail.server.http.Action.BodyTaker;
import io.ringtail.server.http.Action.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of paths and methods. A path that ends in a slash and is longer than that stands for
 * all that begin with it. Immutable; the budget of bodies is thread-safe.
 */
final class Routes {
    private final Map<String, Map<HttpMethod, Action>> exact = new HashMap<>();
    private final Map<String, Map<HttpMethod, Action>> prefixes = new HashMap<>();
    private final Guard guard;
    private final Login login;
    private final WholeBody.Budget bodies;

    Routes(List<Route> table, Guard guard, Login login, WholeBody.Budget bodies) {
        for (var route : table) {
            boolean prefix = route.path().length() > 1 && route.path().endsWith("/");
            var previous = (prefix ? prefixes : exact)
                    .computeIfAbsent(route.path(), path -> new HashMap<>())
                    .put(route.method(), route.action());
            if (previous != null) {
                throw new IllegalArgumentException("two routes for " + route);
            }
        }
        this.guard = guard;
        this.login = login;
        this.bodies = bodies;
    }

    /** Starts a request; who takes its body, or null where nobody does. */
    @Nullable
    BodyTaker begin(Exchange exchange) throws RefusedException {
        if (!exchange.headers().contains(HttpHeaderNames.HOST)
                && exchange.version().equals(HttpVersion.HTTP_1_1)) {
            throw RefusedException.badRequest("no Host");
        }
        if (exchange.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
            throw RefusedException.badRequest("more than one Host");
        }
        guard.check(exchange.headers());
        var action = find(exchange);
        login.check(exchange);
        return switch (action) {
            case Action.Bare bare -> {
                bare.run(exchange);
                yield null;
            }
            case Action.Whole whole -> new WholeBody(exchange, whole, bodies);
            case Action.Streaming streaming -> streaming.begin(exchange);
        };
    }

    private Action find(Exchange exchange) throws RefusedException {
        var path = exchange.path();
        var methods = exact.get(path);
        if (methods == null) {
            methods = byPrefix(path);
        }
        if (methods == null) {
            throw new RefusedException(HttpResponseStatus.NOT_FOUND, "no such path");
        }
        var method = exchange.method();
        var asked = methods.containsKey(method) || !exchange.isHead() ? method : HttpMethod.GET;
        var action = methods.get(asked);
        if (action == null) {
            exchange.allow(methods.keySet()
                    .stream()
                    .map(HttpMethod::name)
                    .sorted()
                    .collect(Collectors.joining(", ")));
            throw new RefusedException(HttpResponseStatus.METHOD_NOT_ALLOWED,
                    exchange.method() + " is not for this path");
        }
        return action;
    }

    private @Nullable Map<HttpMethod, Action> byPrefix(String path) {
        for (var prefix : prefixes.entrySet()) {
            if (path.startsWith(prefix.getKey())) {
                return prefix.getValue();
            }
        }
        return null;
    }
}
