package io.ringtail.server.wire;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Frames of the binary protocol as a line: an opcode's name (or 0xNN) and fields. {@code key=} and
 * {@code value=} are text with escapes, {@code extras=} is hexadecimal, {@code flags=}, {@code
 * exptime=}, {@code delta=}, {@code initial=} and {@code number=} (the value of an arithmetic
 * reply) are decimal, {@code status=}, {@code opaque=} and {@code magic=} are numbers, {@code cas=}
 * a number or a name in braces, {@code keylen= extlen= bodylen= datatype=} override what the header
 * says.
 */
final class BinaryNotation {
    private static final List<String> OPCODES = List.of("GET", "SET", "ADD", "REPLACE", "DELETE",
            "INCREMENT", "DECREMENT", "QUIT", "FLUSH", "GETQ", "NOOP", "VERSION", "GETK", "GETKQ",
            "APPEND", "PREPEND", "STAT", "SETQ", "ADDQ", "REPLACEQ", "DELETEQ", "INCREMENTQ",
            "DECREMENTQ", "QUITQ", "FLUSHQ", "APPENDQ", "PREPENDQ", "VERBOSITY", "TOUCH", "GAT",
            "GATQ", "0x1f", "SASL_LIST", "SASL_AUTH", "SASL_STEP", "GATK", "GATKQ");
    private static final int CAS_OFFSET = 16;
    private static final int HEADER_BYTES = 24;

    private BinaryNotation() {}

    static Template request(String line) {
        return frame(line, 0x80, "reserved");
    }

    static Template reply(String line) {
        return frame(line, 0x81, "status");
    }

    private static Template frame(String line, int magic, String sixthField) {
        String[] words = line.strip().split(" +", -1);
        Map<String, String> fields = new java.util.HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                fields.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        byte[] extras = extras(fields);
        byte[] key = Escapes.decode(fields.getOrDefault("key", "").replace("\\s", " "));
        byte[] value = fields.containsKey("number")
                ? ByteBuffer.allocate(8)
                        .putLong(Long.parseUnsignedLong(fields.get("number")))
                        .array()
                : Escapes.decode(fields.getOrDefault("value", "").replace("\\s", " "));
        int body = extras.length + key.length + value.length;
        byte[] frame = ByteBuffer.allocate(HEADER_BYTES + body)
                .put((byte) number(fields, "magic", magic))
                .put((byte) opcode(words[0]))
                .putShort((short) number(fields, "keylen", key.length))
                .put((byte) number(fields, "extlen", extras.length))
                .put((byte) number(fields, "datatype", 0))
                .putShort((short) number(fields, sixthField, 0))
                .putInt(number(fields, "bodylen", body))
                .putInt(number(fields, "opaque", 0))
                .putLong(0)
                .put(extras)
                .put(key)
                .put(value)
                .array();
        return withCas(frame, fields.getOrDefault("cas", "0"));
    }

    private static Template withCas(byte[] frame, String cas) {
        if (cas.startsWith("{")) {
            Template.Cas named = (Template.Cas) Template.piece(cas.substring(1, cas.length() - 1));
            return new Template.Builder().bytes(java.util.Arrays.copyOf(frame, CAS_OFFSET))
                    .piece(new Template.Cas(named.name(), true))
                    .bytes(java.util.Arrays.copyOfRange(frame, HEADER_BYTES, frame.length))
                    .build();
        }
        ByteBuffer.wrap(frame).putLong(CAS_OFFSET, Long.parseUnsignedLong(cas));
        return new Template.Builder().bytes(frame).build();
    }

    private static byte[] extras(Map<String, String> fields) {
        if (fields.containsKey("extras")) {
            return HexFormat.of().parseHex(fields.get("extras"));
        }
        ByteBuffer extras = ByteBuffer.allocate(HEADER_BYTES);
        if (fields.containsKey("flags")) {
            extras.putInt(Integer.parseUnsignedInt(fields.get("flags")));
        }
        if (fields.containsKey("delta")) {
            extras.putLong(Long.parseUnsignedLong(fields.get("delta")));
            extras.putLong(Long.parseUnsignedLong(fields.getOrDefault("initial", "0")));
        }
        if (fields.containsKey("exptime")) {
            extras.putInt((int) Long.parseLong(fields.get("exptime")));
        }
        return java.util.Arrays.copyOf(extras.array(), extras.position());
    }

    private static int number(Map<String, String> fields, String name, int otherwise) {
        String text = fields.get(name);
        return text == null ? otherwise : (int) (long) Long.decode(text);
    }

    private static int opcode(String name) {
        int known = OPCODES.indexOf(name.toUpperCase(Locale.ROOT));
        return known >= 0 ? known : Integer.decode(name);
    }
}
