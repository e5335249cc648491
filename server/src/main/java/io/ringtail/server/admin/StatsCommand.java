package io.ringtail.server.admin;

import io.ringtail.server.execution.AdminCommands.StatSink;
import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.stats.NodeStatistics;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code stats} with all its sub-commands. Sub-commands that memcached's front answers may be
 * shortened, those that its engine answers may not. Stateless but for the statistics.
 */
record StatsCommand(NodeStatistics statistics) implements Command {
    private static final String ERROR = "ERROR";
    private static final String BAD_FORMAT = "CLIENT_ERROR bad command line format";
    private static final int MAX_CLASSES = 64;

    @Override
    public @Nullable String execute(Words words, LoopContext loop, Client client) {
        if (words.count() == 0) {
            return list(statistics::general, client);
        }
        if (words.shortens(0, "reset")) {
            statistics.reset();
            return "RESET";
        }
        if (words.shortens(0, "detail")) {
            return detail(words, loop, client);
        }
        if (words.shortens(0, "settings")) {
            return list(statistics::settings, client);
        }
        if (words.shortens(0, "cachedump")) {
            return cachedump(words, loop, client);
        }
        if (words.shortens(0, "conns")) {
            return list(sink -> statistics.connections(sink, client.id()), client);
        }
        if (words.shortens(0, "extstore")) {
            return "END";
        }
        return ofEngine(words, loop, client);
    }

    private @Nullable String ofEngine(Words words, LoopContext loop, Client client) {
        return switch (words.word(0)) {
            case "items" -> list(statistics::items, client);
            case "slabs" -> list(statistics::slabs, client);
            case "sizes" -> sizes(loop, client);
            case "cluster" -> cluster(loop, client);
            default -> ERROR;
        };
    }

    private static String list(Consumer<StatSink> report, Client client) {
        var output = client.output();
        report.accept((name, value) -> output.text("STAT " + name + " " + value + "\r\n"));
        return "END";
    }

    private @Nullable String detail(Words words, LoopContext loop, Client client) {
        if (!loop.node().config().limits().commands().dump()) {
            return "CLIENT_ERROR stats detail not allowed";
        }
        if (words.shortens(1, "on") || words.shortens(1, "off")) {
            statistics.prefixes().turn(words.shortens(1, "on"));
            return "OK";
        }
        if (words.shortens(1, "dump")) {
            client.output().text(statistics.prefixes().dump());
            return null;
        }
        return "CLIENT_ERROR usage: stats detail on|off|dump";
    }

    private @Nullable String cachedump(Words words, LoopContext loop, Client client) {
        if (!loop.node().config().limits().commands().dump()) {
            return "CLIENT_ERROR stats cachedump not allowed";
        }
        if (words.count() < 3) {
            return "CLIENT_ERROR bad command line";
        }
        var sizeClass = words.unsigned(1);
        var limit = words.unsigned(2);
        if (sizeClass.isEmpty() || limit.isEmpty()) {
            return BAD_FORMAT;
        }
        if (sizeClass.getAsLong() >= MAX_CLASSES) {
            return "CLIENT_ERROR Illegal slab id";
        }
        client.streamTo(new Walk(loop, new Dumps.Cachedump((int) sizeClass.getAsLong(),
                limit.getAsLong(), loop.node().clock().startedAt()), statistics.admin()));
        return null;
    }

    private @Nullable String sizes(LoopContext loop, Client client) {
        if (!tracksSizes(loop)) {
            return list(sink -> sink.stat("sizes_status", "disabled"), client);
        }
        client.streamTo(new Walk(loop, new Dumps.Sizes(), statistics.admin()));
        return null;
    }

    /** The others are asked before this node answers for itself. */
    private @Nullable String cluster(LoopContext loop, Client client) {
        var name = loop.node().config().cluster().advertise();
        if (loop.node().routing().members(loop).isEmpty() || name == null) {
            return ERROR;
        }
        var slot = client.suspend();
        loop.node().routing().askOthers("stats", loop, answers -> {
            var report = new ClusterReport();
            report.add(name, statistics::general);
            answers.forEach(report::add);
            report.write(
                    (field, value) -> slot.output().text("STAT " + field + " " + value + "\r\n"));
            slot.output().text("END\r\n");
            slot.complete();
        });
        return null;
    }

    private static boolean tracksSizes(LoopContext loop) {
        return loop.node().config().limits().commands().trackSizes();
    }

    /** The binary protocol's STAT; it cannot wait for a walk over the store. */
    boolean report(String subCommand, LoopContext loop, StatSink sink) {
        if (subCommand.startsWith("reset")) {
            statistics.reset();
        } else if (subCommand.startsWith("settings")) {
            statistics.settings(sink);
        } else if (subCommand.startsWith("detail")) {
            return detail(subCommand.substring("detail".length()), loop, sink);
        } else {
            switch (subCommand) {
                case "" -> statistics.general(sink);
                case "items" -> statistics.items(sink);
                case "slabs" -> statistics.slabs(sink);
                case "sizes" -> sink.stat("sizes_status",
                        tracksSizes(loop) ? "text-protocol-only" : "disabled");
                default -> { return false; }
            }
        }
        return true;
    }

    private boolean detail(String argument, LoopContext loop, StatSink sink) {
        if (!loop.node().config().limits().commands().dump()) {
            return false;
        }
        if (argument.startsWith(" dump")) {
            sink.stat("detailed", statistics.prefixes().dump());
        } else if (argument.startsWith(" on") || argument.startsWith(" off")) {
            statistics.prefixes().turn(argument.startsWith(" on"));
        } else {
            return false;
        }
        return true;
    }
}
