package io.ringtail.protocol.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Memory that ends where the process may not read: a read behind what was put there ends the test
 * run with a fault. Never freed.
 */
public final class GuardedMemory {
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final int GUARD_BYTES = 64 << 10;

    private final int bytes;
    private final long end;

    /** {@code bytes}: the most that is put there at once, in whole pages. */
    public GuardedMemory(int bytes) {
        this.bytes = bytes;
        long start = map(bytes + GUARD_BYTES);
        this.end = start + bytes;
        protect(end);
    }

    /** Copies {@code content} to the end of the memory, and says where it starts. */
    public long put(byte[] content, int offset, int length) {
        if (length > bytes) {
            throw new IllegalArgumentException("length=" + length);
        }
        Memory.copyFrom(content, offset, end - length, length);
        return end - length;
    }

    public int bytes() {
        return bytes;
    }

    private static long map(long bytes) {
        try {
            var mmap = handle("mmap",
                    FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
            return (long) mmap.invokeExact(0L, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
        } catch (Throwable e) {
            throw new LinkageError("mmap", e);
        }
    }

    private static void protect(long address) {
        try {
            var mprotect = handle("mprotect", FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
            int failed = (int) mprotect.invokeExact(address, (long) GUARD_BYTES, 0);
            if (failed != 0) {
                throw new IllegalStateException("mprotect");
            }
        } catch (Throwable e) {
            throw new LinkageError("mprotect", e);
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor signature) {
        var symbol = Linker.nativeLinker().defaultLookup().findOrThrow(name);
        return Linker.nativeLinker().downcallHandle(symbol, signature);
    }
}
