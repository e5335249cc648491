package io.ringtail.server.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The two ways to speak on a connection: lines (classic and meta commands) and binary frames. */
enum Dialect {
    TEXT {
        @Override
        byte[] sync(int number) {
            // The first command may be eaten as the rest of a value that was announced too long.
            return ascii("mn\r\nmg sync Osync" + number + "\r\n");
        }

        @Override
        byte[] plainSync(int number) {
            return ascii("mg sync Osync" + number + "\r\n");
        }

        @Override
        byte[] synced(int number) {
            return ascii("EN Osync" + number + "\r\n");
        }

        @Override
        List<ReplyTokens.Token> tokens(byte[] replies) {
            return ReplyTokens.text(replies);
        }
    },
    BINARY {
        @Override
        byte[] sync(int number) {
            return header(0x80, number);
        }

        @Override
        byte[] plainSync(int number) {
            return sync(number);
        }

        @Override
        byte[] synced(int number) {
            return header(0x81, number);
        }

        @Override
        List<ReplyTokens.Token> tokens(byte[] replies) {
            return ReplyTokens.binary(replies);
        }

        private static byte[] header(int magic, int number) {
            return ByteBuffer.allocate(24)
                    .put((byte) magic)
                    .put((byte) 0x0a)
                    .putInt(12, 0x53590000 + number)
                    .array();
        }
    };

    /**
     * A command whose reply ends with {@link #synced}, as no other does; also where a value was
     * announced too long.
     */
    abstract byte[] sync(int number);

    /** A command whose reply is {@link #synced} and nothing more. */
    abstract byte[] plainSync(int number);

    abstract byte[] synced(int number);

    abstract List<ReplyTokens.Token> tokens(byte[] replies);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
