package io.ringtail.server.net;

import io.ringtail.server.config.NodeConfig.Tls.KeyFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads private keys as OpenSSL writes them, PEM or DER: PKCS#8 for every kind of key, PKCS#1 for
 * RSA, SEC 1 for elliptic curves. Java knows the first only; the others are put into its envelope:
 * {@code SEQUENCE {INTEGER 0, SEQUENCE {algorithm, parameters}, OCTET STRING {key}}}.
 */
final class PrivateKeyFile {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (?<kind>[A-Z ]*)PRIVATE KEY-----(?<key>[^-]*)-----END");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final byte[] RSA = {0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86,
        (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
    private static final byte[] ELLIPTIC =
            {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xa0;

    private PrivateKeyFile() {}

    static PrivateKey read(Path file, KeyFormat format) throws IOException {
        var key = switch (format) {
            case PEM -> pem(file);
            case DER -> keyOf(Files.readAllBytes(file));
        };
        if (key == null) {
            throw new IOException(file + " holds no private key that can be read");
        }
        return key;
    }

    private static @Nullable PrivateKey pem(Path file) throws IOException {
        var block = PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            return null;
        }
        if (block.group("kind").startsWith("ENCRYPTED") || block.group("key").contains(":")) {
            throw new IOException(file + ": the private key is encrypted; decrypt the file");
        }
        return keyOf(Base64.getMimeDecoder().decode(block.group("key")));
    }

    private static @Nullable PrivateKey keyOf(byte[] encoded) {
        for (var candidate : List.of(encoded, envelope(RSA, encoded), envelopeOfCurve(encoded))) {
            for (var algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm)
                            .generatePrivate(new PKCS8EncodedKeySpec(candidate));
                } catch (GeneralSecurityException e) {
                    // The next form is tried.
                }
            }
        }
        return null;
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, VERSION_0, element(SEQUENCE, algorithm), element(OCTETS, key));
    }

    /** {@code SEQUENCE {INTEGER 1, OCTET STRING, [0] {curve}, ...}}: the curve goes outside too. */
    private static byte[] envelopeOfCurve(byte[] key) {
        var from = ByteBuffer.wrap(key);
        try {
            enter(from);
            while (from.hasRemaining()) {
                int tag = Byte.toUnsignedInt(from.get(from.position()));
                int length = enter(from);
                if (tag == PARAMETERS) {
                    var curve = Arrays.copyOfRange(key, from.position(), from.position() + length);
                    return envelope(concatenated(ELLIPTIC, curve), key);
                }
                from.position(from.position() + length);
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            // Not such a key.
        }
        return key;
    }

    /** Steps over an element's tag and length; returns the length. */
    private static int enter(ByteBuffer from) {
        from.get();
        int length = Byte.toUnsignedInt(from.get());
        if (length < 0x80) {
            return length;
        }
        int bytes = length & 0x7f;
        length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | Byte.toUnsignedInt(from.get());
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        var content = concatenated(parts);
        var header = content.length < 0x80 ? new byte[] {(byte) tag, (byte) content.length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8),
                    (byte) content.length};
        return concatenated(header, content);
    }

    private static byte[] concatenated(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
