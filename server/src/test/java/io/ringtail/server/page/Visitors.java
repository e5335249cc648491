package io.ringtail.server.page;

import io.ringtail.server.live.LiveNode;
import io.ringtail.server.live.TextConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clients that read and write a few keys much more than many others, until they are stopped. */
final class Visitors implements AutoCloseable {
    private static final int DEPTH = 20;
    private static final int KEYS = 50_000;
    private static final long MOST_ROUNDS = 2_000_000;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    Visitors(LiveNode node, int clients) throws IOException {
        for (int i = 0; i < clients; i++) {
            var client = node.connect();
            var random = new SplittableRandom(i);
            threads.add(Thread.ofPlatform().start(() -> run(client, random)));
        }
    }

    private void run(TextConnection client, SplittableRandom random) {
        try (client) {
            for (long round = 0; round < MOST_ROUNDS && !stopped.get(); round++) {
                var commands = new StringBuilder();
                for (int i = 0; i < DEPTH; i++) {
                    commands.append(command(random));
                }
                client.send(commands + "mn\r\n");
                while (!client.line().equals("MN")) {
                    // Replies are not looked at.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String command(SplittableRandom random) {
        int dice = random.nextInt(100);
        var key = dice < 30 ? "session:front-page" : "user:" + skewed(random);
        if (random.nextInt(100) < 15) {
            int bytes = 100 + random.nextInt(900);
            return "set " + key + " 0 " + (dice % 3 == 0 ? 60 : 0) + " " + bytes + "\r\n"
                    + "x".repeat(bytes) + "\r\n";
        }
        return dice == 99 ? "delete " + key + "\r\n" : "get " + key + "\r\n";
    }

    /** Small numbers more often. */
    private static int skewed(SplittableRandom random) {
        double part = random.nextDouble();
        return (int) (part * part * part * KEYS);
    }

    @Override
    public void close() throws InterruptedException {
        stopped.set(true);
        for (var thread : threads) {
            thread.join();
        }
    }
}
