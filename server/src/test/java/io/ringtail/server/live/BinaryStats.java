package io.ringtail.server.live;

import io.ringtail.server.testing.Lines;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** STAT in the binary protocol: packets of name and value, and an empty one at the end. */
final class BinaryStats implements AutoCloseable {
    private static final int HEADER_BYTES = 24;
    private static final byte REQUEST = (byte) 0x80;
    private static final byte REPLY = (byte) 0x81;
    private static final byte STAT = 0x10;

    private final Socket socket;
    private final DataInputStream in;

    BinaryStats(int port) throws IOException {
        socket = Lines.connect(port);
        in = new DataInputStream(socket.getInputStream());
    }

    Map<String, String> stats(String arguments) throws IOException {
        var key = arguments.getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream()
                .write(ByteBuffer.allocate(HEADER_BYTES + key.length)
                        .put(REQUEST)
                        .put(STAT)
                        .putShort((short) key.length)
                        .putInt(8, key.length)
                        .put(HEADER_BYTES, key)
                        .array());
        var stats = new LinkedHashMap<String, String>();
        while (readInto(stats)) {
            continue;
        }
        return stats;
    }

    private boolean readInto(Map<String, String> stats) throws IOException {
        var header = ByteBuffer.wrap(in.readNBytes(HEADER_BYTES));
        int keyBytes = header.getShort(2);
        if (header.get(0) != REPLY || header.get(1) != STAT || header.getShort(6) != 0) {
            throw new IOException("not a statistic: status=" + header.getShort(6));
        }
        var body = new String(in.readNBytes(header.getInt(8)), StandardCharsets.ISO_8859_1);
        if (keyBytes == 0) {
            return false;
        }
        stats.put(body.substring(0, keyBytes), body.substring(keyBytes));
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
