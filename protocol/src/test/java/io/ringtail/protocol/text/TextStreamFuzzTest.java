package io.ringtail.protocol.text;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ringtail.protocol.request.ParserProbe;

/** As {@link TextParserFuzzTest}, but at the end of guarded memory and with values passed over. */
class TextStreamFuzzTest {
    private static final ParserProbe PROBE = new ParserProbe(new TextParser(), 2);

    @FuzzTest(maxDuration = "2m")
    void readsAnything(byte[] input) {
        PROBE.read(input);
    }
}
