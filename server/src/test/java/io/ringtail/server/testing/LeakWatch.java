package io.ringtail.server.testing;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class behind which a buffer is found that nobody released: one of its own, or of a
 * class before it where no collection ran meanwhile. Works in all tests of the module.
 */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {
    private static final ConcurrentLinkedQueue<String> LEAKS = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + records));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getRequiredTestClass().getSimpleName().endsWith("IT")) {
            collect();
        }
        var found = found();
        if (!found.isEmpty()) {
            throw new AssertionError("buffers that were never released: " + found);
        }
    }

    /** Has buffers that nobody can reach any more found. */
    static void collect() {
        System.gc();
        // What was lost is reported when the next buffer is made.
        PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
    }

    /** What was lost since the last call. */
    static List<String> found() {
        var found = new ArrayList<String>();
        for (var leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
            found.add(leak);
        }
        return found;
    }
}
