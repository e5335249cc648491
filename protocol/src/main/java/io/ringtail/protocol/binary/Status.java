package io.ringtail.protocol.binary;

import io.ringtail.protocol.memory.NativeText;

/** The status of a reply, and the text that goes with it where nothing else is said. */
public enum Status {
    OK(0x00, ""), NOT_FOUND(0x01, "Not found"), EXISTS(0x02, "Data exists for key."),
    TOO_LARGE(0x03, "Too large."), INVALID(0x04, "Invalid arguments"),
    NOT_STORED(0x05, "Not stored."),
    NOT_NUMERIC(0x06, "Non-numeric server-side value for incr or decr"),
    NOT_AUTHENTICATED(0x20, "Auth failure."), CONTINUE(0x21, ""),
    UNKNOWN_COMMAND(0x81, "Unknown command"), OUT_OF_MEMORY(0x82, "Out of memory"),
    INTERNAL(0x84, "Internal error");

    final int code;
    final NativeText text;

    Status(int code, String text) {
        this.code = code;
        this.text = new NativeText(text);
    }
}
