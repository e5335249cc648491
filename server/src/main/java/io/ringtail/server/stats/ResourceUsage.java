package io.ringtail.server.stats;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Processor time of this process as getrusage(2) counts it, written {@code seconds.microseconds}
 * with six digits behind the point. Immutable.
 */
record ResourceUsage(String user, String system) {
    private static final int RUSAGE_SELF = 0;
    /** struct rusage: two struct timeval, then 14 longs. */
    private static final MemoryLayout LAYOUT =
            MemoryLayout.sequenceLayout(18, ValueLayout.JAVA_LONG);
    private static final long TIMEVAL_BYTES = 16;
    private static final MethodHandle GETRUSAGE = Linker.nativeLinker()
            .downcallHandle(Linker.nativeLinker().defaultLookup().find("getrusage").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS));

    static ResourceUsage now() {
        try (var arena = Arena.ofConfined()) {
            var usage = arena.allocate(LAYOUT);
            var failed = (int) GETRUSAGE.invokeExact(RUSAGE_SELF, usage);
            if (failed != 0) {
                throw new IllegalStateException("getrusage=" + failed);
            }
            return new ResourceUsage(time(usage, 0), time(usage, TIMEVAL_BYTES));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The microseconds are 32 bits wide on some systems, so no more is read. */
    private static String time(MemorySegment usage, long offset) {
        return text(usage.get(ValueLayout.JAVA_LONG, offset),
                usage.get(ValueLayout.JAVA_INT, offset + Long.BYTES));
    }

    static String text(long seconds, int micros) {
        return seconds + "." + Integer.toString(1_000_000 + micros).substring(1);
    }
}
