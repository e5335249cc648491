package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * One run of address space from the operating system, zero and without memory behind it until it is
 * touched. Immutable; {@link #discard} gives memory back and keeps the addresses.
 */
final class MappedMemory implements AutoCloseable {
    /** Regions start at multiples of a huge page, so that the kernel can use them. */
    static final long HUGE_PAGE_BYTES = 2 << 20;

    private static final boolean MAC =
            Linker.nativeLinker().defaultLookup().find("mach_absolute_time").isPresent();
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_ANONYMOUS = MAC ? 0x1000 : 0x20;
    private static final int MAP_NORESERVE = MAC ? 0x40 : 0x4000;
    /** MADV_FREE on macOS, where MADV_DONTNEED keeps the pages. */
    private static final int MADV_GIVE_BACK = MAC ? 5 : 4;
    private static final int MADV_HUGEPAGE = 14;
    private static final int MADV_NOHUGEPAGE = 15;
    /** Since Linux 5.14. */
    private static final int MADV_POPULATE_WRITE = 23;
    private static final int SMALLEST_PAGE_BYTES = 4096;

    private static final MethodHandle MMAP = function("mmap",
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG));
    private static final MethodHandle MUNMAP = function("munmap", FunctionDescriptor
            .of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    private static final MethodHandle MADVISE =
            function("madvise", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private final long mapped;
    private final long mappedBytes;
    private final long address;

    private MappedMemory(long mapped, long mappedBytes) {
        this.mapped = mapped;
        this.mappedBytes = mappedBytes;
        this.address = mapped + HUGE_PAGE_BYTES - 1 & -HUGE_PAGE_BYTES;
    }

    /**
     * Reserves {@code bytes} bytes of address space; throws {@link OutOfMemoryError} where the
     * system has none.
     */
    static MappedMemory reserve(long bytes) {
        long mappedBytes = bytes + HUGE_PAGE_BYTES;
        long mapped = map(mappedBytes);
        if (mapped == -1) {
            throw new OutOfMemoryError("mmap refused bytes=" + mappedBytes);
        }
        var memory = new MappedMemory(mapped, mappedBytes);
        if (!MAC) {
            advise(memory.address, bytes, MADV_NOHUGEPAGE);
        }
        return memory;
    }

    /** Asks for huge pages behind a part. */
    void useHugePages(long from, long bytes) {
        if (!MAC) {
            advise(from, bytes, MADV_HUGEPAGE);
        }
    }

    /** Puts memory behind a part and leaves what is in it as it is: it may be in use. */
    void populate(long from, long bytes) {
        if (!takesAdvice(from, bytes, MADV_POPULATE_WRITE)) {
            for (long at = from; at < from + bytes; at += SMALLEST_PAGE_BYTES) {
                Memory.compareAndSetLong(at, 0, 0);
            }
        }
    }

    long address() {
        return address;
    }

    /**
     * Asks for no more huge pages behind a part, neither now nor later by merging what is there.
     */
    void useSmallPages(long from, long bytes) {
        if (!MAC) {
            advise(from, bytes, MADV_NOHUGEPAGE);
        }
    }

    /** Gives the memory behind whole pages back; what they held is lost. */
    void discard(long from, long bytes) {
        advise(from, bytes, MADV_GIVE_BACK);
    }

    @Override
    public void close() {
        try {
            int result = (int) MUNMAP.invokeExact(MemorySegment.ofAddress(mapped), mappedBytes);
            if (result != 0) {
                throw new IllegalStateException("munmap result=" + result);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static long map(long bytes) {
        try {
            var result = (MemorySegment) MMAP.invokeExact(MemorySegment.NULL, bytes,
                    PROT_READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0L);
            return result.address();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Advice may be refused (no huge pages in the kernel); the memory works all the same. */
    @SuppressWarnings("UnusedVariable")
    private static void advise(long from, long bytes, int advice) {
        boolean ignored = takesAdvice(from, bytes, advice);
    }

    private static boolean takesAdvice(long from, long bytes, int advice) {
        try {
            return (int) MADVISE.invokeExact(MemorySegment.ofAddress(from), bytes, advice) == 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
