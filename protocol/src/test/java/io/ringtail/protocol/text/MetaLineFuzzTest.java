package io.ringtail.protocol.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ringtail.protocol.request.ParserProbe;

/** Meta commands with flags that have their shape at least, so that the search gets deep. */
class MetaLineFuzzTest {
    private static final ParserProbe PROBE = new ParserProbe(new TextParser(), 2);
    private static final String[] COMMANDS = {"mg", "ms", "md", "ma", "me", "mn"};

    @FuzzTest(maxDuration = "2m")
    void readsAnyFlags(FuzzedDataProvider data) {
        var line = new StringBuilder(data.pickValue(COMMANDS));
        line.append(' ').append(data.consumeAsciiString(260));
        if (data.consumeBoolean()) {
            line.append(' ').append(data.consumeInt());
        }
        for (int flags = data.consumeInt(0, 24); flags > 0; flags--) {
            line.append(' ').append((char) data.consumeInt('A', 'z'));
            switch (data.consumeInt(0, 3)) {
                case 0 -> line.append(data.consumeLong());
                case 1 -> line.append(data.consumeAsciiString(40));
                default -> {}
            }
        }
        line.append(data.consumeBoolean() ? "\r\n" : "\n");
        PROBE.read(line.toString().getBytes(ISO_8859_1));
    }
}
