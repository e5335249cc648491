package io.ringtail.server.admin;

import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.stats.NodeStatistics;
import org.jspecify.annotations.Nullable;

/**
 * {@code lru_crawler enable|disable|sleep|tocrawl|crawl|metadump|mgdump}. There is no crawler
 * thread: dumps walk the store on the event loop of their client, and any number may go on at a
 * time. Stateless but for the statistics.
 */
record CrawlerCommand(NodeStatistics statistics) implements Command {
    private static final String OK = "OK";
    private static final String ERROR = "ERROR";
    private static final String BAD_FORMAT = "CLIENT_ERROR bad command line format";
    private static final int MAX_SLEEP_MICROS = 1_000_000;
    private static final int MAX_CLASSES_CHARACTERS = 511;

    @Override
    public @Nullable String execute(Words words, LoopContext loop, Client client) {
        if (words.count() == 1) {
            return turn(words);
        }
        if (words.count() != 2) {
            return ERROR;
        }
        if (words.shortens(0, "crawl")) {
            return crawl(words);
        }
        if (words.shortens(0, "metadump")) {
            return dump(words, loop, client, "metadump");
        }
        if (words.shortens(0, "mgdump")) {
            return dump(words, loop, client, "mgdump");
        }
        if (words.shortens(0, "tocrawl")) {
            return number(words, "lru_crawler_tocrawl", 0xFFFF_FFFFL);
        }
        if (words.shortens(0, "sleep")) {
            return number(words, "lru_crawler_sleep", MAX_SLEEP_MICROS);
        }
        return ERROR;
    }

    private String turn(Words words) {
        var settings = statistics.settings();
        if (words.shortens(0, "enable")) {
            if (settings.crawlerEnabled()) {
                return "ERROR failed to start lru crawler thread";
            }
            settings.crawlerEnabled(true);
            return OK;
        }
        if (words.shortens(0, "disable")) {
            settings.crawlerEnabled(false);
            return OK;
        }
        return ERROR;
    }

    private String number(Words words, String setting, long maximum) {
        var value = words.unsigned(1);
        if (value.isEmpty()) {
            return BAD_FORMAT;
        }
        if (value.getAsLong() > maximum) {
            return "CLIENT_ERROR sleep must be one second or less";
        }
        statistics.settings().set(setting, value.getAsLong());
        return OK;
    }

    /** Expired items are dropped by every loop's maintenance anyway; nothing has to be started. */
    private String crawl(Words words) {
        if (!statistics.settings().crawlerEnabled()) {
            return "CLIENT_ERROR lru crawler disabled";
        }
        var classes = classes(words);
        if (classes == null) {
            return "BADCLASS invalid class id";
        }
        if (classes.isHash()) {
            return "ERROR an unknown error happened";
        }
        if (classes.isEmpty()) {
            return "NOTSTARTED no items to crawl";
        }
        statistics.admin().walkStarted();
        statistics.admin().walkEnded();
        return OK;
    }

    private @Nullable String dump(Words words, LoopContext loop, Client client, String kind) {
        boolean meta = kind.equals("metadump");
        if (!statistics.settings().crawlerEnabled()) {
            return "CLIENT_ERROR lru crawler disabled";
        }
        if (!loop.node().config().limits().commands().dump()) {
            return meta ? "ERROR metadump not allowed" : "ERROR key dump not allowed";
        }
        if (client.hasPendingReplies()) {
            return "ERROR cannot pipeline other commands before " + kind;
        }
        var classes = classes(words);
        if (classes == null) {
            return "BADCLASS invalid class id";
        }
        if (classes.isEmpty()) {
            return "NOTSTARTED no items to crawl";
        }
        var format = meta ? new Dumps.Metadump(classes, loop.node().clock().startedAt())
                : new Dumps.Mgdump(classes);
        client.streamTo(new Walk(loop, format, statistics.admin()));
        return null;
    }

    private static @Nullable SizeClassSet classes(Words words) {
        var text = words.word(1);
        return SizeClassSet.of(text.substring(0, Math.min(text.length(), MAX_CLASSES_CHARACTERS)));
    }
}
