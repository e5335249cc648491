package io.ringtail.server.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.ringtail.server.http.Action.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The live page and what it is made of, all of it out of the jar, and the events it draws. */
final class LivePage {
    private static final AsciiString SCRIPT = AsciiString.cached("text/javascript; charset=utf-8");
    private static final AsciiString STYLE = AsciiString.cached("text/css; charset=utf-8");
    private static final AsciiString ICON = AsciiString.cached("image/svg+xml");

    private final NodeState node;
    private final LiveFeed feed;

    LivePage(NodeState node, LiveFeed feed) {
        this.node = node;
        this.feed = feed;
    }

    List<Route> routes() {
        Action.Bare events = exchange -> EventStream.open(exchange, feed);
        return List.of(file("/", "live.html", Answer.HTML), file("/live.js", "live.js", SCRIPT),
                file("/live.css", "live.css", STYLE), file("/icon.svg", "icon.svg", ICON),
                file("/uplot.js", "uplot/uPlot.iife.min.js", SCRIPT),
                file("/uplot.css", "uplot/uPlot.min.css", STYLE),
                file("/uplot-license", "uplot/LICENSE", Answer.TEXT),
                new Route(HttpMethod.GET, "/v1/events", events),
                NodeRoutes.page("/v1/hotkeys", () -> Answer.json(JsonText.document(json -> {
                    json.writeStartArray();
                    LiveFeed.writeHotKeys(json, node.hotKeys());
                    json.writeEndArray();
                }))));
    }

    private static Route file(String path, String name, AsciiString type) {
        return NodeRoutes.page(path,
                () -> new Answer(HttpResponseStatus.OK, type, read("live/" + name)));
    }

    private static byte[] read(String name) {
        try (var in = LivePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource=" + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
