package io.ringtail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

final class CipherListTest {
    private static final String SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    @Test
    void takesNamesOfOpenSslAndOfJava() throws SSLException {
        assertEquals(SUITE, CipherList.of(List.of("ECDHE-RSA-AES128-GCM-SHA256")).getFirst());
        assertEquals(SUITE, CipherList.of(List.of(SUITE)).getFirst());
    }

    @Test
    void leavesTls13Alone() throws SSLException {
        var suites = CipherList.of(List.of(SUITE, "!aNULL"));
        assertTrue(suites.contains("TLS_AES_128_GCM_SHA256"));
        assertFalse(suites.contains("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
    }

    @Test
    void takesGroupsForAllThatIsOnByDefault() throws SSLException {
        assertTrue(CipherList.of(List.of("HIGH", "!MD5")).contains(SUITE));
    }

    @Test
    void namesWhatItDoesNotKnow() {
        assertEquals("-o ssl_ciphers: there is no cipher suite 'NONE-SUCH'",
                assertThrows(SSLException.class, () -> CipherList.of(List.of("NONE-SUCH")))
                        .getMessage());
    }
}
