package io.ringtail.server.wire;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs random command sequences for as long as one likes, and goes on after a difference:
 * {@code Campaign SOURCE FROM_SEED COUNT [LEFT RIGHT]}, where SOURCE is classic, meta, newer, mixed
 * or binary, and LEFT and RIGHT are memcached binaries, {@code node} or {@code nodeN} with N
 * megabytes.
 */
final class Campaign {
    private static final int MOST_DIFFERENCES = 25;

    private Campaign() {}

    static CommandSource source(String name) {
        return switch (name) {
            case "classic" -> new ClassicCommands();
            case "meta" -> new MetaCommands(false);
            case "newer" -> new MetaCommands(true);
            case "mixed" -> new MixedCommands(new ClassicCommands(), new MetaCommands(false));
            case "binary" -> new BinaryCommands();
            default -> throw new IllegalArgumentException("source=" + name);
        };
    }

    private static WireServer server(String name) {
        if (name.startsWith("node")) {
            return NodeInProcess.start("-m", name.equals("node") ? "1024" : name.substring(4));
        }
        return MemcachedProcess.start(Path.of(name), MemcachedProcess.STEADY);
    }

    public static void main(String[] args) {
        CommandSource source = source(args[0]);
        long from = Long.parseLong(args[1]);
        long to = from + Long.parseLong(args[2]);
        String left = args.length > 3 ? args[3] : "node";
        String right = args.length > 4 ? args[4] : Programs.find("memcached").toString();
        Map<String, Long> found = new LinkedHashMap<>();
        try (WireServer one = server(left); WireServer other = server(right);
                Duel duel = new Duel(one, other)) {
            for (long seed = from; seed < to && found.size() < MOST_DIFFERENCES; seed++) {
                Duel.Difference difference = duel.run(source.script(seed));
                if (difference != null) {
                    Duel.Difference small = new Shrinker(duel).shrink(difference);
                    if (found.putIfAbsent(small.pair(), seed) == null) {
                        System.out.println("seed=" + seed + ": " + small);
                    }
                }
            }
        }
        System.out.println("differences=" + found.size());
        System.exit(found.isEmpty() ? 0 : 1);
    }
}
