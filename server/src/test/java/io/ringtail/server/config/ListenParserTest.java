package io.ringtail.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtail.server.config.ListenAddress.Encryption;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListenParserTest {
    private static final ListenAddress PLAIN =
            new ListenAddress("h", 5, BindingProtocol.AUTO, Encryption.PLAIN);

    @Test
    void readsHostsWithAndWithoutPorts() {
        assertEquals(
                List.of(at("127.0.0.1", 11211), at("127.0.0.1", 5), at("", 11211), at("", 5),
                        at("::1", 11211), at("::1", 6), at("fe80::1", 11211), at("a.b", 0)),
                parse("127.0.0.1,127.0.0.1:5;*,*:5,::1,[::1]:6,[fe80::1],a.b:0"));
    }

    @Test
    void readsPrefixesInAnyOrder() {
        assertEquals(
                List.of(new ListenAddress("h", 5, BindingProtocol.ASCII, Encryption.PLAIN),
                        new ListenAddress("::1", 6, BindingProtocol.BINARY, Encryption.PLAIN)),
                parse("proto[ascii]:tag[x]:h:5,proto[binary]:[::1]:6"));
        assertEquals(
                List.of(Encryption.TLS, Encryption.PLAIN, Encryption.TLS, Encryption.MUTUAL_TLS),
                new ListenParser(1, BindingProtocol.AUTO, true).parse("h,notls:h,btls:h,mtls:h:5")
                        .stream()
                        .map(ListenAddress::encryption)
                        .toList());
        assertEquals(new ListenParser(1, BindingProtocol.AUTO, true).parse("mtls:h"),
                new ListenParser(1, BindingProtocol.AUTO, true).parse("tag[t]:mtls:proto[auto]:h"));
    }

    @Test
    void namesMistakes() {
        assertEquals("'notls' needs TLS to be on (-Z)", complaint("notls:h"));
        assertEquals("']' is missing in '[::1'", complaint("[::1"));
        assertEquals("not an address: '[::1]5'", complaint("[::1]5"));
        assertEquals("not an address: ':5'", complaint(":5"));
        assertEquals("'abc' is not a number that can be used here", complaint("h:abc"));
        assertEquals("'70000' is not in the range 0 to 65535", complaint("h:70000"));
        assertEquals("proto[...] is ascii, binary or auto, not 'x'", complaint("proto[x]:h"));
        assertEquals("a listener's tag has 1 to 8 characters: 'abcdefghi'",
                complaint("tag[abcdefghi]:h"));
        assertEquals("':' and an address must follow in 'tag[a]'", complaint("tag[a]"));
    }

    private static ListenAddress at(String host, int port) {
        return new ListenAddress(host, port, PLAIN.protocol(), PLAIN.encryption());
    }

    private static List<ListenAddress> parse(String text) {
        return new ListenParser(11211, BindingProtocol.AUTO, false).parse(text);
    }

    private static String complaint(String text) {
        return assertThrows(InvalidSettingException.class, () -> parse(text)).getMessage();
    }
}
