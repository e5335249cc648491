package io.ringtail.loadgen.cli;

import java.io.PrintStream;

/** Where commands write to: results to {@code out}, everything else to {@code err}. */
public record Console(PrintStream out, PrintStream err) {}
