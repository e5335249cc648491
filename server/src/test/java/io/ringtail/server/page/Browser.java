package io.ringtail.server.page;

import io.ringtail.server.wire.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Chromium without a screen, driven by way of its ChromeDriver. */
final class Browser implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
    private static final Pattern TEXT =
            Pattern.compile("^\\{\"value\":\"(.*)\"\\}$", Pattern.DOTALL);

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String session;

    /** What a window looks like. */
    record Window(int width, int height, boolean dark) {}

    Browser(Window window, Path folder) throws IOException, InterruptedException {
        var log = folder.resolve("chromedriver.log");
        driver = new ProcessBuilder(Programs.find("chromedriver").toString(), "--port=0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        session = open(window, "http://127.0.0.1:" + port(log), folder);
    }

    private int port(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end && driver.isAlive()) {
            var port = PORT.matcher(Files.readString(log));
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
            driver.waitFor(20, TimeUnit.MILLISECONDS);
        }
        throw new IOException("chromedriver does not start: " + Files.readString(log));
    }

    private String open(Window window, String base, Path folder)
            throws IOException, InterruptedException {
        var capabilities = """
                {"capabilities":{"alwaysMatch":{"goog:chromeOptions":{"binary":"%s","args":[
                "--headless","--no-sandbox","--disable-gpu","--disable-quic","--no-first-run",
                "--disable-dev-shm-usage","--disable-background-networking","--lang=en-US",
                "--user-data-dir=%s","--window-size=%d,%d"%s]}}}}""".formatted(
                Programs.find("chromium"), folder.resolve("profile"), window.width(),
                window.height(),
                window.dark() ? ",\"--blink-settings=preferredColorScheme=0\"" : "");
        var opened = post(base + "/session", capabilities);
        var id = SESSION.matcher(opened);
        if (!id.find()) {
            throw new IOException("chromium does not start: " + opened);
        }
        return base + "/session/" + id.group(1);
    }

    private String post(String uri, String body) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .POST(BodyPublishers.ofString(body))
                .build(), BodyHandlers.ofString()).body();
    }

    void visit(String address) throws IOException, InterruptedException {
        post(session + "/url", "{\"url\":\"" + address + "\"}");
    }

    /** Evaluates an expression without quotes that gives a text. */
    String text(String expression) throws IOException, InterruptedException {
        var reply = post(session + "/execute/sync", "{\"script\":\"return String("
                + expression.replace("\"", "\\\"") + ")\",\"args\":[]}");
        var text = TEXT.matcher(reply);
        if (!text.find()) {
            throw new IOException(expression + " gave " + reply);
        }
        return text.group(1);
    }

    /** The text of the element with that id. */
    String shown(String id) throws IOException, InterruptedException {
        return text("document.getElementById('" + id + "').textContent");
    }

    /** Waits until the element with that id shows this. */
    void await(String id, String wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var last = shown(id);
        while (!last.matches(wanted)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(id + " shows " + last + " and not " + wanted);
            }
            driver.waitFor(50, TimeUnit.MILLISECONDS);
            last = shown(id);
        }
    }

    void run(String script) throws IOException, InterruptedException {
        post(session + "/execute/sync",
                "{\"script\":\"" + script.replace("\"", "\\\"") + "\",\"args\":[]}");
    }

    /** A picture of the window, as PNG. */
    byte[] picture() throws IOException, InterruptedException {
        var reply = client.send(HttpRequest.newBuilder(URI.create(session + "/screenshot")).build(),
                BodyHandlers.ofString()).body();
        var text = TEXT.matcher(reply);
        if (!text.find()) {
            throw new IOException("no picture: " + reply);
        }
        return Base64.getDecoder().decode(text.group(1));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        client.send(HttpRequest.newBuilder(URI.create(session)).DELETE().build(),
                BodyHandlers.discarding());
        client.close();
        driver.destroy();
        if (!driver.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            driver.destroyForcibly();
        }
    }
}
