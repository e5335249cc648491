package io.ringtail.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.server.store.SizeClasses;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The size classes of the reports are those that memcached makes of the same options. */
final class SizeClassesIT {
    private static final Pattern CLASS =
            Pattern.compile("slab class +[0-9]+: chunk size +([0-9]+) perslab.*");

    @ParameterizedTest
    @CsvSource({"1.25, 48, 524288", "2, 100, 524288", "1.08, 48, 524288", "1.01, 48, 524288",
        "1.25, 500, 524288", "1.25, 40000, 524288", "1.25, 48, 16384", "1.5, 1, 1048576"})
    void areMemcacheds(double factor, int minimumBytes, int largestBytes)
            throws IOException, InterruptedException {
        var classes = SizeClasses.of(factor, minimumBytes, largestBytes);
        assertEquals(memcached("-f", Double.toString(factor), "-n", Integer.toString(minimumBytes),
                "-o", "slab_chunk_max=" + largestBytes), sizes(classes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100-200-300", "50", "97-106-1000-30000", "500-524288"})
    void areMemcachedsWhereEachIsGiven(String given) throws IOException, InterruptedException {
        var classes = SizeClasses.defaults()
                .withSizes(Arrays.stream(given.split("-")).map(Integer::valueOf).toList());
        assertEquals(memcached("-o", "slab_sizes=" + given), sizes(classes));
    }

    private static List<Integer> sizes(SizeClasses classes) {
        var sizes = new ArrayList<Integer>();
        for (int number = 1; number <= classes.last(); number++) {
            sizes.add(classes.chunkBytes(number));
        }
        return sizes;
    }

    private static List<Integer> memcached(String... options)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Programs.find("memcached").toString(), "-vv", "-l",
                "127.0.0.1", "-p", "-1", "-U", "0", "-u", System.getProperty("user.name")));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader(StandardCharsets.US_ASCII)) {
            return sizes(output);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static List<Integer> sizes(BufferedReader output) throws IOException {
        var sizes = new ArrayList<Integer>();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            Matcher size = CLASS.matcher(line);
            if (size.matches()) {
                sizes.add(Integer.valueOf(size.group(1)));
            } else if (!sizes.isEmpty()) {
                break;
            }
        }
        return sizes;
    }
}
