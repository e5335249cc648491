package io.ringtail.server.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of the C library that the process settings need and Java has not. Each call is linked
 * when it is made: once, at the start. Owner: the starting thread.
 */
final class Posix implements AutoCloseable {
    static final int LIMIT_OF_FILES = isMac() ? 8 : 7;
    static final int LIMIT_OF_CORES = 4;
    static final long UNLIMITED = isMac() ? Long.MAX_VALUE : -1;

    private static final int LOCK_CURRENT_AND_FUTURE = 3;
    /** Locks pages when they are first used, instead of filling all that is reserved. */
    private static final int LOCK_ON_FAULT = isMac() ? 0 : 4;
    /** struct passwd starts with two pointers, the user's number and the group's. */
    private static final long PASSWD_USER = 16;
    private static final long PASSWD_GROUP = 20;
    private static final int OPEN_TO_WRITE = 1;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int MAX_MESSAGE_BYTES = 256;

    private final Arena arena = Arena.ofConfined();
    private final Linker linker = Linker.nativeLinker();
    private final MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
    private final VarHandle errno = Linker.Option.captureStateLayout()
            .varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /** Who a user name stands for. */
    record User(String name, int id, int group) {}

    /** The soft and the hard limit of a resource. */
    record Limit(long soft, long hard) {
        boolean allows(long number) {
            return soft == UNLIMITED || soft >= number;
        }

        boolean mayBecome(long number) {
            return hard == UNLIMITED || hard >= number;
        }
    }

    private static boolean isMac() {
        return System.getProperty("os.name", "").startsWith("Mac");
    }

    User user(String name) throws UnavailableException {
        var entry = (MemorySegment) call("getpwnam", ValueLayout.ADDRESS, arena.allocateFrom(name));
        if (entry.equals(MemorySegment.NULL)) {
            throw new UnavailableException("-u: there is no user '" + name + "'");
        }
        var fields = entry.reinterpret(PASSWD_GROUP + Integer.BYTES);
        return new User(name, fields.get(ValueLayout.JAVA_INT, PASSWD_USER),
                fields.get(ValueLayout.JAVA_INT, PASSWD_GROUP));
    }

    /** Gives up root for the user, in all threads, with all of the user's groups and no others. */
    void become(User user) throws UnavailableException {
        var complaint = "-u: cannot become " + user.name();
        check(complaint, "initgroups", arena.allocateFrom(user.name()), user.group());
        check(complaint, "setgid", user.group());
        check(complaint, "setuid", user.id());
    }

    Limit limit(int resource) throws UnavailableException {
        var pair = arena.allocate(ValueLayout.JAVA_LONG, 2);
        check("cannot read a limit", "getrlimit", resource, pair);
        return new Limit(pair.getAtIndex(ValueLayout.JAVA_LONG, 0),
                pair.getAtIndex(ValueLayout.JAVA_LONG, 1));
    }

    void limit(int resource, Limit limit, String complaint) throws UnavailableException {
        var pair = arena.allocate(ValueLayout.JAVA_LONG, 2);
        pair.setAtIndex(ValueLayout.JAVA_LONG, 0, limit.soft());
        pair.setAtIndex(ValueLayout.JAVA_LONG, 1, limit.hard());
        check(complaint, "setrlimit", resource, pair);
    }

    /** Keeps all memory that is used now or later from being paged out. */
    void lockMemory() throws UnavailableException {
        check("-k: cannot lock memory", "mlockall", LOCK_CURRENT_AND_FUTURE | LOCK_ON_FAULT);
    }

    /** Leaves the terminal's session; does nothing where this process leads one. */
    void newSession() {
        call("setsid", ValueLayout.JAVA_INT);
    }

    /**
     * Writes to stdout go where those to stderr go from now on, or nowhere, both. Stdout comes
     * last: who reads it knows by its end that the other is gone too.
     */
    void detachOutput(boolean keepErrors) throws UnavailableException {
        int target = keepErrors ? STDERR
                : (int) call("open", ValueLayout.JAVA_INT, arena.allocateFrom("/dev/null"),
                        OPEN_TO_WRITE);
        for (int stream : keepErrors ? List.of(STDOUT) : List.of(STDERR, STDOUT)) {
            if ((int) call("dup2", ValueLayout.JAVA_INT, target, stream) < 0) {
                throw new UnavailableException("-d: cannot leave the terminal");
            }
        }
    }

    private void check(String complaint, String name, Object... arguments)
            throws UnavailableException {
        if ((int) call(name, ValueLayout.JAVA_INT, arguments) != 0) {
            var text = (MemorySegment) call("strerror", ValueLayout.ADDRESS,
                    (int) errno.get(state, 0L));
            throw new UnavailableException(
                    complaint + ": " + text.reinterpret(MAX_MESSAGE_BYTES).getString(0));
        }
    }

    private Object call(String name, MemoryLayout result, Object... arguments) {
        var function = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
        var layouts = new ArrayList<MemoryLayout>();
        var passed = new ArrayList<Object>(List.of(state));
        for (var argument : arguments) {
            layouts.add(argument instanceof Integer ? ValueLayout.JAVA_INT : ValueLayout.ADDRESS);
            passed.add(argument);
        }
        var handle = linker.downcallHandle(function,
                FunctionDescriptor.of(result, layouts.toArray(MemoryLayout[]::new)),
                Linker.Option.captureCallState("errno"));
        try {
            return handle.invokeWithArguments(passed);
        } catch (Throwable e) {
            throw new IllegalStateException("function=" + name, e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
