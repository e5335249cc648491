package io.ringtail.server.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a stream of replies apart into what two servers must say alike and what is each server's
 * own.
 */
final class ReplyTokens {
    private static final int HEADER_BYTES = 24;
    private static final int VERSION_OPCODE = 0x0b;

    private final byte[] replies;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private ReplyTokens(byte[] replies) {
        this.replies = replies;
    }

    /** A piece of a reply. OWN is not compared at all: a version. */
    record Token(Kind kind, String text) {
        enum Kind {
            LITERAL, CAS, CLOCK, OWN
        }

        @Override
        public String toString() {
            return kind + " " + Escapes.encode(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    static List<Token> text(byte[] replies) {
        ReplyTokens parser = new ReplyTokens(replies);
        while (parser.position < replies.length) {
            parser.textReply();
        }
        return parser.tokens;
    }

    static List<Token> binary(byte[] replies) {
        ReplyTokens parser = new ReplyTokens(replies);
        while (parser.position < replies.length) {
            parser.frame();
        }
        return parser.tokens;
    }

    private void textReply() {
        int end = position;
        while (end < replies.length && replies[end] != '\n') {
            end++;
        }
        String line = string(position, Math.min(end + 1, replies.length));
        position += line.length();
        String[] words = line.split("(?<= )|(?=\r\n)", -1);
        switch (words[0].strip()) {
            case "VALUE" -> value(words);
            case "VA" -> {
                flags(words);
                data(words, 1);
            }
            case "HD", "EN", "NF", "NS", "EX" -> flags(words);
            case "ME" -> debug(words);
            case "VERSION" -> add(Token.Kind.OWN, line);
            default -> add(Token.Kind.LITERAL, line);
        }
    }

    private void value(String[] words) {
        for (int i = 0; i < words.length; i++) {
            add(i == 4 ? Token.Kind.CAS : Token.Kind.LITERAL, words[i]);
        }
        data(words, 3);
    }

    private void data(String[] words, int lengthWord) {
        if (words.length > lengthWord && words[lengthWord].strip().matches("\\d{1,9}")) {
            int bytes = Integer.parseInt(words[lengthWord].strip()) + 2;
            int end = Math.min(position + bytes, replies.length);
            add(Token.Kind.LITERAL, string(position, end));
            position = end;
        }
    }

    private void flags(String[] words) {
        for (String word : words) {
            if (word.matches("c\\d+ ?")) {
                add(Token.Kind.CAS, word.substring(1).strip());
            } else if (word.matches("[tl]\\d+ ?")) {
                add(Token.Kind.LITERAL, word.substring(0, 1));
                add(Token.Kind.CLOCK, word.substring(1).strip());
            } else {
                add(Token.Kind.LITERAL, word);
            }
        }
    }

    private void debug(String[] words) {
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = word.substring(0, equals + 1);
            String value = word.substring(equals + 1).strip();
            switch (name) {
                case "exp=", "la=" -> {
                    add(Token.Kind.LITERAL, name);
                    add(Token.Kind.CLOCK, value);
                }
                case "cas=" -> add(Token.Kind.CAS, value);
                default -> add(Token.Kind.LITERAL, word);
            }
        }
    }

    private void frame() {
        if (replies.length - position < HEADER_BYTES) {
            add(Token.Kind.LITERAL, string(position, replies.length));
            position = replies.length;
            return;
        }
        ByteBuffer header = ByteBuffer.wrap(replies, position, HEADER_BYTES).slice();
        boolean version = header.get(1) == VERSION_OPCODE && header.getShort(6) == 0;
        int body = position + HEADER_BYTES;
        int end = (int) Math.min(body + (header.getInt(8) & 0xFFFFFFFFL), replies.length);
        add(version ? Token.Kind.OWN : Token.Kind.LITERAL, string(position, position + 16));
        add(Token.Kind.CAS, Long.toUnsignedString(header.getLong(16)));
        add(version ? Token.Kind.OWN : Token.Kind.LITERAL, string(body, end));
        position = end;
    }

    private void add(Token.Kind kind, String text) {
        tokens.add(new Token(kind, text));
    }

    private String string(int from, int to) {
        return new String(replies, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
