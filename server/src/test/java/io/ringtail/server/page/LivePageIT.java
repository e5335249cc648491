package io.ringtail.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Setting;
import io.ringtail.server.live.LiveNode;
import io.ringtail.server.page.Browser.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The live page in Chromium while clients keep the node busy. */
@Timeout(240)
final class LivePageIT {
    private static final Window WIDE = new Window(1280, 1000, false);
    private static final Window PHONE = new Window(500, 900, true);
    private static final String NUMBER = "[0-9.]+[kM]?";

    @TempDir private Path folder;

    private static LiveNode node() throws IOException {
        return LiveNode.start(Map.of(Setting.HTTP, ":0", Setting.MEMORY_LIMIT, "8"));
    }

    private static String address(LiveNode node) {
        return "http://127.0.0.1:" + node.httpPort() + "/";
    }

    private static String grouped(String number) {
        return "%,d".formatted(Long.parseLong(number));
    }

    @Test
    void showsWhatStatsSays() throws Exception {
        try (var node = node(); var browser = new Browser(WIDE, folder)) {
            browser.visit(address(node));
            browser.await("state", "live");
            try (var load = new Visitors(node, 4)) {
                browser.await("rate", "[1-9]" + NUMBER);
                browser.await("ratio", "[0-9.]+%");
                browser.await("p99", "[0-9.]+ (µs|ms|s)");
                browser.await("total-evictions", "[1-9][0-9,]*");
                browser.await("connections", "4");
                assertEquals("session:front-page",
                        browser.text("document.querySelector('#hot button').textContent"));
            }
            try (var client = node.connect()) {
                var stats = client.stats("");
                browser.await("total-hits", grouped(stats.get("get_hits")));
                browser.await("total-misses", grouped(stats.get("get_misses")));
                browser.await("total-sets", grouped(stats.get("cmd_set")));
                browser.await("total-items", grouped(stats.get("curr_items")));
                browser.await("total-bytes", grouped(stats.get("bytes")));
                browser.await("total-evictions", grouped(stats.get("evictions")));
                browser.await("connections", "1");
            }
            keep("wide", browser);
        }
    }

    @Test
    void looksUpAKey() throws Exception {
        try (var node = node(); var client = node.connect();
                var browser = new Browser(PHONE, folder)) {
            assertEquals("STORED", client.ask("set a 0 100 11\r\nhello there"));
            browser.visit(address(node));
            browser.await("state", "live");
            browser.run("document.getElementById('key').value = 'none';"
                    + "document.getElementById('lookup').requestSubmit()");
            browser.await("lookup-note", "no such key");
            client.ask("set plain 0 100 11\r\nhello there");
            browser.run("document.getElementById('key').value = 'plain';"
                    + "document.getElementById('lookup').requestSubmit()");
            browser.await("found-size", "11 B");
            browser.await("value", "hello there");
            assertEquals("1 min 40 s", browser.shown("found-ttl"));
            assertTrue(browser.text("document.documentElement.scrollWidth <= innerWidth")
                    .equals("true"), "a phone has to scroll sideways");
            keep("phone", browser);
        }
    }

    @Test
    void loadsNothingFromElsewhere() throws Exception {
        try (var node = node(); var browser = new Browser(WIDE, folder)) {
            browser.visit(address(node));
            browser.await("state", "live");
            assertEquals("0", browser.text("performance.getEntriesByType('resource')"
                    + ".filter(it => !it.name.startsWith(location.origin)).length"));
            assertEquals("true",
                    browser.text("performance.getEntriesByType('resource').length >= 4"));
        }
    }

    /** Leaves the picture where people can look at it. */
    private static void keep(String name, Browser browser) throws Exception {
        var picture = browser.picture();
        assertTrue(picture.length > 10_000, "bytes=" + picture.length);
        var target = Files.createDirectories(Path.of("target", "pictures"));
        Files.write(target.resolve("live-" + name + ".png"), picture);
    }
}
