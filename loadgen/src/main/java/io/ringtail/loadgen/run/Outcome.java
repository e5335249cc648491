package io.ringtail.loadgen.run;

/** Something that was expected, whether it held, and what was found. */
public record Outcome(String expected, boolean held, String found) {}
