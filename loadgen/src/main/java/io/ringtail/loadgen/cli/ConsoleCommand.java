package io.ringtail.loadgen.cli;

import java.util.concurrent.Callable;

/** What all commands share. */
abstract class ConsoleCommand implements Callable<Integer> {
    private final Console console;

    ConsoleCommand(Console console) {
        this.console = console;
    }

    final Console console() {
        return console;
    }

    final void say(String message) {
        console.err().println("ringtail: " + message);
    }

    @Override
    public final Integer call() throws Exception {
        try {
            return run();
        } catch (CommandFailure e) {
            say(String.valueOf(e.getMessage()));
            return e.exitCode();
        }
    }

    /** Returns the exit code. */
    abstract int run() throws Exception;
}
