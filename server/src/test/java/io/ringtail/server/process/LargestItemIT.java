package io.ringtail.server.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.testing.Lines;
import java.io.BufferedInputStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A value just below the greatest limit there is, in and out. */
@Timeout(300)
class LargestItemIT {
    private static final int VALUE_BYTES = (1 << 30) - 1024;
    private static final int PART_BYTES = 1 << 16;

    @Test
    void storesAndGivesBackAGibibyte() throws Exception {
        try (var node = NodeProcess.serve("-m", "2200", "-I", "1g", "-t", "1");
                var client = node.connect()) {
            client.setSoTimeout(240_000);
            var sent = new CRC32C();
            Lines.send(client, "set huge 0 0 " + VALUE_BYTES + "\r\n");
            for (int done = 0; done < VALUE_BYTES; done += PART_BYTES) {
                var part = part(done);
                sent.update(part);
                client.getOutputStream().write(part);
            }
            Lines.send(client, "\r\nget huge\r\n");
            var in = new BufferedInputStream(client.getInputStream(), PART_BYTES);
            assertEquals("STORED", Lines.read(in));
            assertEquals("VALUE huge 0 " + VALUE_BYTES, Lines.read(in));
            var received = new CRC32C();
            for (int done = 0; done < VALUE_BYTES; done += PART_BYTES) {
                received.update(in.readNBytes(Math.min(PART_BYTES, VALUE_BYTES - done)));
            }
            assertEquals("", Lines.read(in));
            assertEquals("END", Lines.read(in));
            assertEquals(sent.getValue(), received.getValue());
            assertTrue(node.residentBytes() < (2200L << 20) + (256 << 20), node::toString);
        }
    }

    private static byte[] part(int from) {
        var part = new byte[Math.min(PART_BYTES, VALUE_BYTES - from)];
        for (int i = 0; i < part.length; i += 8) {
            part[i] = (byte) (from >>> 16);
            part[Math.min(i + 1, part.length - 1)] = (byte) i;
        }
        return part;
    }
}
