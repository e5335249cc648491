package io.ringtail.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.rules.SourceFile.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The house rules that a machine can check, over every Java file of the repository. */
final class RepositoryRulesTest {
    private static final int LINE_COLUMNS = 100;
    private static final int FILE_LINES = 500;
    private static final int TEST_FILE_LINES = 800;
    private static final int METHOD_LINES = 60;
    private static final int PARAMETERS = 6;
    private static final Pattern LOOSE_NAME =
            Pattern.compile(".*(Manager|Helper|Impl|Utils?)|AbstractBase.*");
    private static final Pattern LOOSE_PACKAGE =
            Pattern.compile(".*/(util|utils|common|impl|helpers?|misc)");
    private static final Pattern GETTER = Pattern.compile("get[A-Z]\\w*");
    private static final Pattern TEST_METHOD = Pattern.compile(
            "^\\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory|FuzzTest|ArchTest)\\b");
    private static final Pattern TEST_CLASS = Pattern.compile(".*(Test|IT)\\.java");

    private final List<Finding> findings = new ArrayList<>();

    @Test
    void everyFileKeepsTheHouseRules() {
        var repository = Repository.find();
        var exceptions = Exceptions.read(repository);
        var files = repository.javaFiles();
        files.forEach(this::check);
        checkPackages(files);
        var complaints = findings.stream()
                .filter(it -> !exceptions.allow(it))
                .sorted(Comparator.comparing(Finding::where).thenComparingInt(Finding::line))
                .map(Finding::toString)
                .collect(Collectors.toCollection(ArrayList::new));
        complaints.addAll(exceptions.complaints());
        assertEquals("", String.join("\n", complaints),
                "mend these, or give the reason in " + Exceptions.FILE);
    }

    private void check(SourceFile file) {
        checkLength(file);
        checkNames(file);
        checkTestName(file);
        file.methods().forEach(method -> check(file, method));
        for (int i = 0; i < file.lines().size(); i++) {
            checkLine(file, file.lines().get(i), i + 1);
        }
    }

    private void checkLength(SourceFile file) {
        var limit = file.isTest() ? TEST_FILE_LINES : FILE_LINES;
        if (file.lines().size() > limit) {
            report("file-length", file, 1, file.lines().size() + " lines, limit " + limit);
        }
    }

    private void checkNames(SourceFile file) {
        for (var type : file.types()) {
            if (LOOSE_NAME.matcher(type).matches()) {
                report("loose-name", file, 1, type + ": say what the class is or does");
            }
        }
        if (LOOSE_PACKAGE.matcher(file.path().getParent().toString()).matches()) {
            report("loose-package", file, 1, "name the package by its one concern");
        }
    }

    private void checkTestName(SourceFile file) {
        if (file.isTest() && !TEST_CLASS.matcher(file.fileName()).matches()
                && file.lines().stream().anyMatch(line -> TEST_METHOD.matcher(line).find())) {
            report("test-name", file, 1,
                    "never run: a test class ends in Test, or IT with sockets");
        }
    }

    private void check(SourceFile file, Method method) {
        if (method.lengthInLines() > METHOD_LINES) {
            report("method-length", file, method,
                    method.lengthInLines() + " lines, limit " + METHOD_LINES);
        }
        if (method.parameters() > PARAMETERS && !method.isOverride()) {
            report("parameters", file, method,
                    method.parameters() + " parameters, limit " + PARAMETERS + ": make a record");
        }
        if (GETTER.matcher(method.name()).matches() && method.parameters() == 0
                && !method.isOverride() && !method.isStatic()) {
            report("getter", file, method, "accessors are named without get");
        }
    }

    private void checkLine(SourceFile file, String line, int number) {
        if (line.length() > LINE_COLUMNS && !line.contains("://")) {
            report("line-length", file, number, line.length() + " columns, limit " + LINE_COLUMNS);
        }
        for (var banned : BannedCall.ALL) {
            if (banned.appliesTo(file) && banned.isIn(line)) {
                report(banned.rule(), file, number, "use " + banned.replacement());
            }
        }
    }

    private void checkPackages(List<SourceFile> files) {
        var described = files.stream()
                .filter(it -> it.fileName().equals("package-info.java"))
                .filter(RepositoryRulesTest::isComplete)
                .map(it -> it.path().getParent())
                .collect(Collectors.toSet());
        folders(files).stream()
                .filter(it -> !described.contains(it))
                .forEach(it -> findings.add(new Finding("package-info", it.toString(), 0,
                        "needs a package-info.java with one paragraph and @NullMarked")));
    }

    private static Set<Path> folders(List<SourceFile> files) {
        return files.stream()
                .filter(it -> !it.isTest())
                .map(it -> it.path().getParent())
                .collect(Collectors.toSet());
    }

    private static boolean isComplete(SourceFile packageInfo) {
        return packageInfo.lines().contains("@NullMarked")
                && packageInfo.lines().getFirst().startsWith("/**");
    }

    private void report(String rule, SourceFile file, int line, String message) {
        findings.add(new Finding(rule, file.path().toString(), line, message));
    }

    private void report(String rule, SourceFile file, Method method, String message) {
        findings.add(new Finding(rule, file.path() + "#" + method.name(), method.line(), message));
    }
}
