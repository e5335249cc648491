package io.ringtail.loadgen.scenario;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Timed steps, and what has to hold at the end. */
public record Scenario(String name, double durationSeconds, List<Step> steps,
        FinalExpectations expectations) {
    /** Something that happens at a time, and what it should lead to. */
    record Step(double atSeconds, Action action, String text,
            @Nullable BreakerExpectation expectation) {}

    public Scenario {
        steps = steps.stream().sorted(Comparator.comparingDouble(Step::atSeconds)).toList();
    }

    /** Reads a file for so many servers; a {@link ScenarioException} says what is wrong with it. */
    public static Scenario read(Path file, int servers) {
        return new ScenarioReader(file, servers).read();
    }
}
