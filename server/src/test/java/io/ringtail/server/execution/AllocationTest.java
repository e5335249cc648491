package io.ringtail.server.execution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.text.TextParser;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hot commands allocate nothing, from the parser to the reply. */
final class AllocationTest {
    private static final int WARM_UP = 60_000;
    private static final int MEASURED = 20_000;
    /** Late compilation may disturb some rounds, not all. */
    private static final int ROUNDS = 10;
    /** What the measuring itself may cost. */
    private static final long TOLERATED_BYTES = 256;

    private final RecordingClient client = new RecordingClient(1);
    private final TextParser parser = new TextParser();

    @ParameterizedTest
    @ValueSource(strings = {"get some:key\r\n", "get missing\r\n", "gets some:key k other:key\r\n",
        "set some:key 5 0 10\r\n0123456789\r\n", "set some:key 0 100 3 noreply\r\nabc\r\n",
        "mg some:key v\r\n", "mg some:key s v t f c k Oopaque\r\n", "mg missing q\r\n",
        "mg some:key T30 v\r\n", "ms some:key 10 T0 F1 c\r\n0123456789\r\n",
        "delete other:key\r\nset other:key 0 0 1\r\nx\r\n", "md missing q\r\n",
        "touch some:key 100\r\n", "gat 100 some:key\r\n", "incr number 1\r\n",
        "ma number N0 v\r\n"})
    void allocatesNothing(String commands) {
        try (var node = new TestNode(); var arena = Arena.ofConfined()) {
            var connection = new TextConnection(node);
            connection.send("set some:key 5 0 10\r\n0123456789\r\nset number 0 0 1\r\n1\r\n"
                    + "set other:key 0 0 1\r\nx\r\n");
            var executor = new TextExecutor(node.loop);
            var chars = commands.getBytes(StandardCharsets.ISO_8859_1);
            long address = arena.allocate(chars.length + 8L, 8).address();
            Memory.copyFrom(chars, 0, address, chars.length);
            run(node, executor, address, chars.length, WARM_UP);
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && allocated > TOLERATED_BYTES; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                run(node, executor, address, chars.length, MEASURED);
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertTrue(allocated <= TOLERATED_BYTES, "allocated=" + allocated);
        }
    }

    private void run(TestNode node, TextExecutor executor, long address, int bytes, int times) {
        for (int i = 0; i < times; i++) {
            for (int at = 0; at < bytes;) {
                at += execute(node, executor, address + at, bytes - at);
            }
            client.output().position(client.output().start());
        }
    }

    private int execute(TestNode node, TextExecutor executor, long address, int bytes) {
        var request = node.loop.request();
        int header = parser.parse(address, bytes, request);
        if (!request.operation.hasValue()) {
            executor.execute(request, null, client);
            return header;
        }
        executor.accepts(request, client);
        request.valueAddress = address + header;
        executor.execute(request, null, client);
        return header + (int) request.valueBytes + 2;
    }
}
