package io.ringtail.server.admin;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.server.execution.AdminCommands;
import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.execution.NodeServices;
import io.ringtail.server.execution.PrefixCounts;
import io.ringtail.server.execution.Watchers;
import io.ringtail.server.stats.NodeStatistics;
import io.ringtail.server.store.Store;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The administrative commands of one node, and what they keep. Thread-safe. */
public final class NodeAdmin implements AdminCommands {
    /** The commands whose last word may be {@code noreply}. */
    private static final Set<Operation> SILENCEABLE = EnumSet.of(Operation.FLUSH_ALL,
            Operation.VERBOSITY, Operation.SHUTDOWN, Operation.CACHE_MEMLIMIT, Operation.LRU,
            Operation.LRU_CRAWLER, Operation.SLABS, Operation.EXTSTORE, Operation.REFRESH_CERTS);

    private static final int MAX_VERBOSITY = 2;

    private final Map<Operation, Command> commands = new EnumMap<>(Operation.class);
    private final NodeStatistics statistics;
    private final LogWatchers watchers;
    private final StatsCommand stats;
    private final FlushCommand flush;
    private final ConfigCommand config = new ConfigCommand();

    public NodeAdmin(NodeServices node, Store store) {
        this.statistics = new NodeStatistics(node, store);
        this.watchers = new LogWatchers(node.clock(), statistics.admin(),
                node.config().limits().watcherBufferBytes());
        this.stats = new StatsCommand(statistics);
        this.flush = new FlushCommand(statistics.settings());
        store.listener(new EvictionLog(watchers));
        var tuning = new TuningCommands(statistics.settings());
        commands.put(Operation.STATS, stats);
        commands.put(Operation.VERSION, (_, _, _) -> "VERSION " + NodeStatistics.VERSION);
        commands.put(Operation.VERBOSITY, NodeAdmin::verbosity);
        commands.put(Operation.QUIT, NodeAdmin::quit);
        commands.put(Operation.FLUSH_ALL, flush);
        commands.put(Operation.SHUTDOWN, NodeAdmin::shutDown);
        commands.put(Operation.CACHE_MEMLIMIT, new MemoryLimitCommand());
        commands.put(Operation.LRU, tuning::lru);
        commands.put(Operation.SLABS, tuning::slabs);
        commands.put(Operation.EXTSTORE, tuning::extstore);
        commands.put(Operation.LRU_CRAWLER, new CrawlerCommand(statistics));
        commands.put(Operation.CONFIG, config);
        commands.put(Operation.WATCH, new WatchCommand(watchers));
        commands.put(Operation.REFRESH_CERTS, new RefreshCertificatesCommand());
    }

    public NodeStatistics statistics() {
        return statistics;
    }

    /** memcached's -v, which may change while the node runs. */
    public void verbosity(int level) {
        watchers.dialogue(level > 1);
    }

    public Watchers watchers() {
        return watchers;
    }

    /** Where commands are counted by prefix; null while {@code stats detail} is off. */
    public @Nullable PrefixCounts prefixCounts() {
        return statistics.prefixes().whereOn();
    }

    @Override
    public void execute(Request request, LoopContext loop, Client client) {
        var words = Words.of(Memory.latin1(request.argumentsAddress, request.argumentsBytes));
        var command = commands.get(request.operation);
        var reply = command == null || !isComplete(request.operation, words.count()) ? "ERROR"
                : command.execute(words, loop, client);
        boolean silent = SILENCEABLE.contains(request.operation) && words.endsWithNoreply();
        if (reply != null && !silent) {
            client.output().text(reply + "\r\n");
        }
    }

    /** Whether memcached 1.6.18 takes so many words; RandomCommandsIT compares that. */
    private static boolean isComplete(Operation operation, int words) {
        return switch (operation) {
            case VERBOSITY, CACHE_MEMLIMIT -> words >= 1 && words <= 2;
            case FLUSH_ALL -> words <= 2;
            default -> true;
        };
    }

    @Override
    public boolean stats(String subCommand, LoopContext loop, StatSink sink) {
        return stats.report(subCommand, loop, sink);
    }

    @Override
    public void flush(long exptime, LoopContext loop) {
        flush.flush(exptime, loop);
    }

    @Override
    public String members(LoopContext loop) {
        return config.describe(loop);
    }

    @Override
    public String version() {
        return NodeStatistics.VERSION;
    }

    private static String verbosity(Words words, LoopContext loop, Client client) {
        var level = words.unsigned(0);
        if (level.isEmpty()) {
            return "CLIENT_ERROR bad command line format";
        }
        loop.node().verbosity((int) Math.min(level.getAsLong(), MAX_VERBOSITY));
        return "OK";
    }

    private static @Nullable String quit(Words words, LoopContext loop, Client client) {
        client.closeAfterReplies();
        return null;
    }

    private static @Nullable String shutDown(Words words, LoopContext loop, Client client) {
        if (!loop.node().config().limits().commands().shutdown()) {
            return "SERVER_ERROR: shutdown not enabled";
        }
        if (words.count() > 1 || words.count() == 1 && !words.shortens(0, "graceful")) {
            return "CLIENT_ERROR invalid shutdown mode";
        }
        client.closeAfterReplies();
        loop.node().shutDown(words.count() == 1);
        return null;
    }
}
