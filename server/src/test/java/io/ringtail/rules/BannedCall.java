package io.ringtail.rules;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Text that must not stand in code, what to write in its place, and the folders or files where it
 * may stand.
 */
record BannedCall(String rule, Pattern text, String replacement, Scope scope,
        List<String> allowed) {
    enum Scope {
        MAIN, TESTS, EVERYWHERE
    }

    private static final Pattern COMMENT = Pattern.compile("^\\s*(//|/?\\*).*");

    static final List<BannedCall> ALL = List.of(
            main("console", "System\\.(out|err)\\b", "slf4j, or a stream passed in", "server/cli/"),
            main("wall-clock", "System\\.currentTimeMillis|Instant\\.now\\(|LocalDateTime\\.now\\(",
                    "a time passed in; clocks are read in classes named ...Clock", "Clock.java"),
            main("exit", "System\\.exit|Runtime\\.getRuntime\\(\\)\\.halt",
                    "an exit code returned to Main", "server/cli/"),
            everywhere("sleep", "\\bThread\\.sleep|TimeUnit\\.\\w+\\.sleep",
                    "waiting for the condition itself; time passed in where time is meant"),
            main("slow-text", "String\\.format|\\.formatted\\(", "writing into the Output",
                    "server/cli/", "server/config/", "server/http/", "loadgen/cli/",
                    "loadgen/report/"),
            main("stack-trace", "\\.printStackTrace\\(", "slf4j"),
            main("unsafe", "sun\\.misc\\.Unsafe", "the FFM API"),
            main("random", "Math\\.random|new Random\\(\\)", "a seeded generator passed in"),
            main("finalizer", "java\\.lang\\.ref\\.Cleaner|protected void finalize",
                    "an owner that closes"),
            main("common-pool",
                    "parallelStream\\(|\\.parallel\\(\\)|CompletableFuture\\.(run|supply)Async",
                    "virtual threads owned by the node"),
            everywhere("mocks", "org\\.mockito|org\\.easymock",
                    "a fake by hand, or the real thing"),
            tests("disabled", "@Disabled\\b(?!On)", "repairing or removing the test"),
            tests("unseeded", "Math\\.random|new Random\\(\\)|ThreadLocalRandom",
                    "a seed that is printed when the test fails"),
            everywhere("author", "^\\s*\\*\\s*@(author|since|version)\\b", "nothing: git knows"),
            everywhere("todo", "\\b(TODO|FIXME|XXX|HACK)\\b", "doing it, or an issue"));

    boolean appliesTo(SourceFile file) {
        var path = file.path().toString();
        if (path.contains("io/ringtail/rules/")) {
            return false;
        }
        var inScope = switch (scope) {
            case MAIN -> !file.isTest();
            case TESTS -> file.isTest();
            case EVERYWHERE -> true;
        };
        return inScope && allowed.stream().noneMatch(path::contains);
    }

    boolean isIn(String line) {
        return text.matcher(line).find() && (rule.equals("author") || rule.equals("todo")
                || !COMMENT.matcher(line).matches());
    }

    private static BannedCall main(String rule, String text, String replacement,
            String... allowed) {
        return new BannedCall(rule, Pattern.compile(text), replacement, Scope.MAIN,
                List.of(allowed));
    }

    private static BannedCall tests(String rule, String text, String replacement) {
        return new BannedCall(rule, Pattern.compile(text), replacement, Scope.TESTS, List.of());
    }

    private static BannedCall everywhere(String rule, String text, String replacement) {
        return new BannedCall(rule, Pattern.compile(text), replacement, Scope.EVERYWHERE,
                List.of());
    }
}
