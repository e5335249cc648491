package io.ringtail.server.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A value just below the greatest limit there is, in and out. */
@Timeout(180)
class LargestItemIT {
    private static final int VALUE_BYTES = (1 << 30) - 1024;
    private static final int PART_BYTES = 1 << 16;

    @Test
    void storesAndGivesBackAGibibyte() throws Exception {
        try (var node = NodeProcess.serve("-m", "2200", "-I", "1g", "-t", "1");
                var client = node.connect()) {
            client.setSoTimeout(120_000);
            var sent = new CRC32C();
            write(client, "set huge 0 0 " + VALUE_BYTES + "\r\n");
            for (int done = 0; done < VALUE_BYTES; done += PART_BYTES) {
                var part = part(done);
                sent.update(part);
                client.getOutputStream().write(part);
            }
            write(client, "\r\nget huge\r\n");
            var in = new BufferedInputStream(client.getInputStream(), PART_BYTES);
            assertEquals("STORED", line(in));
            assertEquals("VALUE huge 0 " + VALUE_BYTES, line(in));
            var received = new CRC32C();
            for (int done = 0; done < VALUE_BYTES; done += PART_BYTES) {
                received.update(in.readNBytes(Math.min(PART_BYTES, VALUE_BYTES - done)));
            }
            assertEquals("", line(in));
            assertEquals("END", line(in));
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

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("closed after: " + line);
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
