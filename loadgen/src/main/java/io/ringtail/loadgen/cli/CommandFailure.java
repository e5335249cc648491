package io.ringtail.loadgen.cli;

/**
 * A command cannot go on; the message is one clear sentence, the code is what the process returns.
 */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** A value that a server gave back is not the one that was stored. */
    static final int WRONG_VALUE = 3;
    static final int FAILED = 1;
    static final int USAGE = 64;
    static final int UNAVAILABLE = 69;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandFailure failed(String message) {
        return new CommandFailure(FAILED, message);
    }

    static CommandFailure usage(String message) {
        return new CommandFailure(USAGE, message);
    }

    static CommandFailure unavailable(String message) {
        return new CommandFailure(UNAVAILABLE, message);
    }

    static CommandFailure wrongValue(String message) {
        return new CommandFailure(WRONG_VALUE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
