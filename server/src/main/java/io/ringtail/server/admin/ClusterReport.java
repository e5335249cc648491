package io.ringtail.server.admin;

import io.ringtail.server.execution.AdminCommands.StatSink;
import io.ringtail.server.execution.Routing.MemberAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * {@code stats cluster}: what all members count, added up under the names of {@code stats}, and
 * the most important of it for each member as {@code node:NAME:FIELD}. Owner: its command.
 */
final class ClusterReport {
    /** What is a sum when nodes are added up. */
    private static final Pattern SUMMED = Pattern.compile("(cmd|get|delete|incr|decr|cas|touch|auth"
            + "|bytes|curr|total|store|evicted|expired)_.*|bytes|threads|limit_maxbytes|evictions"
            + "|reclaimed|rejected_connections|conn_yields|unexpected_napi_ids");
    private static final List<String> OF_EACH =
            List.of("uptime", "version", "curr_connections", "curr_items", "bytes",
                    "limit_maxbytes", "cmd_get", "cmd_set", "get_hits", "get_misses", "evictions");
    private static final String PREFIX = "STAT ";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");

    private final Map<String, Map<String, String>> reached = new LinkedHashMap<>();
    private final Map<String, Long> sums = new LinkedHashMap<>();
    private int unreachable;

    /** Adds the node that was asked. */
    void add(String node, Consumer<StatSink> report) {
        var fields = new LinkedHashMap<String, String>();
        report.accept(fields::put);
        add(node, fields);
    }

    /** Adds another node. */
    void add(MemberAnswer answer) {
        var reply = answer.reply();
        if (reply == null) {
            unreachable++;
            return;
        }
        var fields = new LinkedHashMap<String, String>();
        reply.lines().filter(line -> line.startsWith(PREFIX)).forEach(line -> {
            var words = line.substring(PREFIX.length()).split(" ", 2);
            fields.put(words[0], words.length > 1 ? words[1] : "");
        });
        add(answer.member(), fields);
    }

    private void add(String node, Map<String, String> fields) {
        reached.put(node, fields);
        fields.forEach((name, value) -> {
            if (SUMMED.matcher(name).matches() && NUMBER.matcher(value).matches()) {
                sums.merge(name, Long.parseUnsignedLong(value), Long::sum);
            }
        });
    }

    void write(StatSink sink) {
        sink.stat("nodes", Integer.toString(reached.size() + unreachable));
        sink.stat("nodes_unreachable", Integer.toString(unreachable));
        sums.forEach((name, sum) -> sink.stat(name, Long.toUnsignedString(sum)));
        reached.forEach((node, fields) -> OF_EACH.forEach(name -> {
            var value = fields.get(name);
            if (value != null) {
                sink.stat("node:" + node + ":" + name, value);
            }
        }));
    }
}
