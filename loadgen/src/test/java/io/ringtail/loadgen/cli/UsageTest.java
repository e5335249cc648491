package io.ringtail.loadgen.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes are told before anything is asked of a server. */
final class UsageTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--workload nothing | there is no 'nothing'",
        "--workload replay | belong together", "--trace /nowhere.csv | there is no file",
        "--servers :11211 | has no host", "--servers localhost:x | has no port",
        "--concurrency 0 | --concurrency: 0 is not from 1", "--rate=-1 | is not a rate",
        "--duration soon | is not a time", "--value-size big | is not a value size",
        "--key-size 5 | --key-size: 5 is not from 13", "--threads 60 | --threads: 60",
        "--scenario /nowhere.yaml | cannot read the file", "--json /no/where | cannot write",
        "--breaker-failures 101 | is not from 1 to 100", "--what | Unknown option"})
    void badFlagsAreExitCode64(String arguments, String message) {
        assertUsage(("loadgen " + arguments).split(" ", -1), message);
    }

    @Test
    void badTracesAreToldWithTheirLine() throws IOException {
        var file = folder.resolve("trace.csv");
        Files.writeString(file, "0,a,20,100,1,get\n");
        assertUsage(trace(file), "trace.csv:1: the line has 6 columns of 7");
        Files.writeString(file, "0,a,20,100,1,steal,0\n");
        assertUsage(trace(file), "the operation 'steal'");
        Files.writeString(file, "0,a,20,long,1,get,0\n");
        assertUsage(trace(file), "the value size 'long'");
        Files.writeString(file, "");
        assertUsage(trace(file), "is empty");
    }

    private static String[] trace(Path file) {
        return new String[] {"loadgen", "--trace", file.toString(), "--wait", "0s"};
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"steps: [] | has no duration", "duration: long | is not a time",
                "duration: 1s\\nstep: [] | there is no 'step'",
                "duration: 1s\\nsteps: [{at: 0s, explode: 0}] | a step does one thing",
                "duration: 1s\\nsteps: [{at: 0s, stop: 7}] | there is no server 7",
                "duration: 1s\\nsteps: [{stop: 0}] | a step needs a time",
                "duration: 1s\\nsteps: [{at: 2s, stop: 0}] | after the end",
                "duration: 1s\\nsteps: [{at: 0s, stop: 0, latency: 1s}] | there is no 'latency'",
                "duration: 1s\\nexpect: {breaker: ajar} | closed, half-open or open",
                "duration: 1s\\nexpect: {errors: 0} | there is no 'errors'",
                "duration: 1s\\nsteps: [{at: 0s, stop: 0, expect: {within: 1s}}] | say which state",
                "duration: [ | scenario.yaml:1", "'' | is empty"})
    void badScenariosAreExitCode64(String text, String message) throws IOException {
        var file = folder.resolve("scenario.yaml");
        Files.writeString(file, text.replace("\\n", "\n"));
        assertUsage(new String[] {"loadgen", "--scenario", file.toString(), "--wait", "0s"},
                message);
    }

    private static void assertUsage(String[] arguments, String message) {
        var ran = Ran.command(arguments);
        assertEquals(64, ran.exitCode(), ran.toString());
        assertTrue(ran.err().contains(message), ran.toString());
    }
}
