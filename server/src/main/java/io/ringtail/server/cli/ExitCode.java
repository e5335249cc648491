package io.ringtail.server.cli;

/** What the process returns, as sysexits.h numbers it. */
final class ExitCode {
    static final int OK = 0;
    /** A flag, a setting or a file is wrong. */
    static final int USAGE = 64;
    /** A port, a limit or another resource cannot be had. */
    static final int UNAVAILABLE = 69;
    /** A bug in Ringtail. */
    static final int BUG = 70;

    private ExitCode() {}
}
