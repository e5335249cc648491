package io.ringtail.protocol.text;

import io.ringtail.protocol.memory.NativeText;

/** The constant replies of the text protocol, with their line ends. */
public final class TextReplies {
    public static final NativeText STORED = line("STORED");
    public static final NativeText NOT_STORED = line("NOT_STORED");
    public static final NativeText EXISTS = line("EXISTS");
    public static final NativeText NOT_FOUND = line("NOT_FOUND");
    public static final NativeText DELETED = line("DELETED");
    public static final NativeText TOUCHED = line("TOUCHED");
    public static final NativeText END = line("END");
    public static final NativeText META_NOOP = line("MN");
    public static final NativeText META_MISS = line("EN");
    public static final NativeText LINE_END = line("");

    private TextReplies() {}

    private static NativeText line(String words) {
        return new NativeText(words + "\r\n");
    }
}
