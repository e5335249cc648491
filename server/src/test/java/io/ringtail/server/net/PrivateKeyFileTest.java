package io.ringtail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtail.server.config.NodeConfig.Tls.KeyFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrivateKeyFileTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"RSA,2048", "EC,256", "EC,384", "Ed25519,255"})
    void readsPkcs8(String algorithm, int bits) throws Exception {
        var key = key(algorithm, bits);
        assertEquals(key, PrivateKeyFile.read(der(key.getEncoded()), KeyFormat.DER));
        assertEquals(key, PrivateKeyFile.read(pem("", key.getEncoded()), KeyFormat.PEM));
    }

    @Test
    void readsPkcs1() throws Exception {
        var key = key("RSA", 2048);
        var inner = Arrays.copyOfRange(key.getEncoded(), 26, key.getEncoded().length);
        assertEquals(key, PrivateKeyFile.read(der(inner), KeyFormat.DER));
        assertEquals(key, PrivateKeyFile.read(pem("RSA ", inner), KeyFormat.PEM));
    }

    /** As {@code openssl ecparam -genkey -name prime256v1} writes them. */
    @Test
    void readsSec1() throws Exception {
        var key = (java.security.interfaces.ECPrivateKey) key("EC", 256);
        var number = key.getS().toByteArray();
        var secret = new byte[32];
        int from = Math.max(0, number.length - 32);
        System.arraycopy(number, from, secret, 32 - (number.length - from), number.length - from);
        var hex = "30310201010420" + HexFormat.of().formatHex(secret) + "a00a06082a8648ce3d030107";
        var encoded = HexFormat.of().parseHex(hex);
        assertEquals(key.getS(), ((java.security.interfaces.ECPrivateKey) PrivateKeyFile
                .read(der(encoded), KeyFormat.DER)).getS());
        assertEquals(key.getS(), ((java.security.interfaces.ECPrivateKey) PrivateKeyFile
                .read(pem("EC ", encoded), KeyFormat.PEM)).getS());
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        var other = Files.writeString(folder.resolve("other"), "nothing");
        assertEquals(other + " holds no private key that can be read",
                assertThrows(IOException.class, () -> PrivateKeyFile.read(other, KeyFormat.PEM))
                        .getMessage());
        assertThrows(IOException.class, () -> PrivateKeyFile.read(other, KeyFormat.DER));
        var encrypted = pem("ENCRYPTED ", new byte[40]);
        assertEquals(encrypted + ": the private key is encrypted; decrypt the file",
                assertThrows(IOException.class, () -> PrivateKeyFile.read(encrypted, KeyFormat.PEM))
                        .getMessage());
    }

    private static PrivateKey key(String algorithm, int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair().getPrivate();
    }

    private Path der(byte[] encoded) throws IOException {
        return Files.write(folder.resolve("key.der"), encoded);
    }

    private Path pem(String kind, byte[] encoded) throws IOException {
        return Files.writeString(folder.resolve("key.pem"),
                "# a key\n-----BEGIN " + kind + "PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END " + kind
                        + "PRIVATE KEY-----\n");
    }
}
