package io.ringtail.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in folders of its own, with JDKs and a Maven that only say what they got. */
final class LauncherIT {
    private static final String SAY_ARGUMENTS = "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n";

    @TempDir private Path folder;
    private final Map<String, String> environment = new HashMap<>();

    private record Outcome(int exitCode, String output, String errors) {
        List<String> arguments() {
            return output.lines().toList();
        }
    }

    @BeforeEach
    void placeLauncher() throws IOException {
        Files.copy(Path.of("../ringtail"), folder.resolve("ringtail"),
                StandardCopyOption.COPY_ATTRIBUTES);
        environment.put("RINGTAIL_JAVA", jdk("jdk-25", "25.0.1").toString());
    }

    @Test
    void becomesTheVirtualMachineWithTheArgumentsOfTheUser() throws Exception {
        placeJar();
        var arguments = run("serve", "-p", "11299", "-l", "a b").arguments();
        assertEquals(folder.resolve("jdk-25/bin/java").toString(), arguments.getFirst());
        assertEquals(List.of("serve", "-p", "11299", "-l", "a b"),
                arguments.subList(arguments.size() - 5, arguments.size()));
        assertTrue(arguments.contains(folder.toRealPath().resolve("ringtail.jar").toString()));
    }

    @Test
    void worksThroughASymbolicLink() throws Exception {
        placeJar();
        var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("ringtail"));
        assertTrue(run(link, "serve").arguments().contains("serve"));
    }

    @Test
    void heapFollowsTheConnectionLimit() throws Exception {
        placeJar();
        assertTrue(run("serve").arguments().contains("-Xmx64m"));
        for (var form : List.of("-c 6400", "-c6400", "--conn-limit 6400", "--conn-limit=6400")) {
            var words = Stream.concat(Stream.of("memcached"), Arrays.stream(form.split(" ")));
            assertTrue(run(words.toArray(String[]::new)).arguments().contains("-Xmx148m"), form);
        }
    }

    /** But for the heap, which grows with connections there, and the place of the AOT cache. */
    @Test
    void imageStartsTheVirtualMachineWithTheSameFlags() throws Exception {
        placeJar();
        var words = run("serve").arguments();
        var ofImage = Files.readAllLines(Path.of("../docker/jvm.flags"))
                .stream()
                .filter(line -> !line.startsWith("#"));
        assertEquals(lasting(words.subList(1, words.indexOf("-jar")).stream()), lasting(ofImage));
    }

    private static List<String> lasting(Stream<String> flags) {
        return flags.filter(it -> !it.matches("-Xm[sx].*|-XX:AOTCache=.*")).toList();
    }

    @Test
    void passesOverAJdkThatIsTooOld() throws Exception {
        placeJar();
        environment.remove("RINGTAIL_JAVA");
        environment.put("JAVA_HOME", jdk("jdk-17", "17.0.15").toString());
        environment.put("PATH", jdk("jdk-26", "26-ea") + "/bin:" + System.getenv("PATH"));
        assertEquals(folder.resolve("jdk-26/bin/java").toString(),
                run("serve").arguments().getFirst());
    }

    @Test
    void saysInOneSentenceThatTheChosenJavaWillNotDo() throws Exception {
        placeJar();
        environment.put("RINGTAIL_JAVA", jdk("jdk-21", "21.0.2").toString());
        var outcome = run("serve");
        assertEquals(69, outcome.exitCode);
        assertEquals("ringtail: RINGTAIL_JAVA=" + folder.resolve("jdk-21")
                + " is not a Java runtime 25 or newer.\n", outcome.errors);
    }

    @Test
    void saysThatTheJarIsMissing() throws Exception {
        var outcome = run("serve");
        assertEquals(69, outcome.exitCode);
        assertTrue(outcome.errors.contains("ringtail.jar is missing"), outcome.errors);
    }

    @Test
    void testsNeedTheSources() throws Exception {
        placeJar();
        assertEquals(64, run("test").exitCode);
    }

    @Test
    void trainsOnceForEachJarAndStartsWithoutTheCacheWhereThatFails() throws Exception {
        placeJar();
        assertTrue(run("serve").errors.contains("Preparing"));
        var second = run("serve");
        assertEquals("", second.errors);
        assertFalse(second.output.contains("AOTCache"), second.output);
    }

    @Test
    void startsWithTheCacheThatTrainingLeft() throws Exception {
        placeJar();
        script(folder.resolve("jdk-25/bin/java"), SAY_ARGUMENTS + """
                for word; do
                    case $word in -XX:AOTCacheOutput=*) echo cache >"${word#*=}" ;; esac
                done
                """);
        run("serve");
        assertTrue(run("serve").output.contains("-XX:AOTCache=" + folder.toRealPath()));
    }

    @Test
    void buildsOnFirstUseAndAfterTheSourcesChangedOnly() throws Exception {
        var source = placeSources();
        assertTrue(run("serve").errors.contains("first use"));
        assertFalse(run("serve").errors.contains("Building"));
        assertEquals(1, builds());

        Files.setLastModifiedTime(source, FileTime.fromMillis(
                Files.getLastModifiedTime(folder.resolve("target/ringtail/ringtail.jar")).toMillis()
                        + 2_000));
        assertTrue(run("serve").errors.contains("the sources changed"));
        assertEquals(2, builds());
    }

    @Test
    void showsTheEndOfAFailedBuild() throws Exception {
        placeSources();
        script(folder.resolve("tools/mvn"), "#!/bin/sh\necho cannot find symbol\nexit 1\n");
        var outcome = run("serve");
        assertEquals(70, outcome.exitCode);
        assertTrue(outcome.errors.contains("cannot find symbol"), outcome.errors);
        assertFalse(Files.exists(folder.resolve("target/ringtail/lock")));
    }

    private Outcome run(String... arguments) throws Exception {
        return run(folder.resolve("ringtail"), arguments);
    }

    private Outcome run(Path launcher, String... arguments) throws Exception {
        var command = Stream.concat(Stream.of(launcher.toString()), Arrays.stream(arguments));
        var output = folder.resolve("output");
        var errors = folder.resolve("errors");
        var builder = new ProcessBuilder(command.toList()).redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        environment.putIfAbsent("PATH", builder.environment().get("PATH"));
        builder.environment().clear();
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().putAll(environment);
        var exitCode = builder.start().waitFor();
        return new Outcome(exitCode, Files.readString(output), Files.readString(errors));
    }

    private Path jdk(String name, String version) throws IOException {
        var home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        script(home.resolve("bin/java"), SAY_ARGUMENTS);
        script(home.resolve("bin/javac"), SAY_ARGUMENTS);
        Files.writeString(home.resolve("release"),
                "JAVA_VERSION=\"" + version + "\"\nJAVA_RUNTIME_VERSION=\"" + version + "+8\"\n");
        return home;
    }

    private void placeJar() throws IOException {
        Files.writeString(folder.resolve("ringtail.jar"), "jar");
    }

    /** A source tree with a Maven that counts how often it was asked; returns one source file. */
    private Path placeSources() throws IOException {
        for (var module : List.of("protocol", "metrics", "cluster", "server")) {
            Files.createDirectories(folder.resolve(module + "/src/main"));
            Files.writeString(folder.resolve(module + "/pom.xml"), "");
        }
        Files.writeString(folder.resolve("pom.xml"), "");
        Files.createDirectories(folder.resolve("tools"));
        script(folder.resolve("tools/mvn"), "#!/bin/sh\necho >>\"" + folder.resolve("builds")
                + "\"\nmkdir -p server/target\necho jar >server/target/ringtail.jar\n");
        environment.put("PATH", folder.resolve("tools") + ":" + System.getenv("PATH"));
        return Files.writeString(folder.resolve("server/src/main/Node.java"), "");
    }

    private long builds() throws IOException {
        return Files.readAllLines(folder.resolve("builds")).size();
    }

    private static void script(Path path, String text) throws IOException {
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
