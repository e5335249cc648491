package io.ringtail.protocol.text;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Request;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Text in native memory, parsed. */
final class ParsedText {
    final Request request = new Request();
    final MemorySegment memory;
    final int bytes;
    final int used;

    ParsedText(String text) {
        this(text, text.length());
    }

    ParsedText(String text, int available) {
        var chars = text.getBytes(StandardCharsets.ISO_8859_1);
        bytes = chars.length;
        memory = Arena.ofAuto().allocate(Math.max(available, 1), 8);
        Memory.copyFrom(chars, 0, memory.address(), available);
        used = new TextParser().parse(memory.address(), available, request);
    }

    String key() {
        return Memory.latin1(request.keyAddress, request.keyBytes);
    }

    String arguments() {
        return Memory.latin1(request.argumentsAddress, request.argumentsBytes);
    }

    String flags() {
        return Memory.latin1(request.flagsAddress, request.flagsBytes);
    }

    String rest() {
        return Memory.latin1(memory.address() + used, (int) memory.byteSize() - used);
    }
}
