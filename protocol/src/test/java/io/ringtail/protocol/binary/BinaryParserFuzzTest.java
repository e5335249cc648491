package io.ringtail.protocol.binary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ringtail.protocol.request.ParserProbe;

class BinaryParserFuzzTest {
    private static final ParserProbe PROBE = new ParserProbe(new BinaryParser(), 0);

    @FuzzTest(maxDuration = "2m")
    void readsAnything(byte[] input) {
        PROBE.read(input);
    }
}
