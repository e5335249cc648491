package io.ringtail.cluster.peer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The cluster secret, and how two nodes prove to each other that they know it without sending it:
 * an HMAC over who speaks, both nonces and both settings. Without a secret every proof is zeros.
 * Thread-safe.
 */
public final class Credentials {
    static final int NONCE_BYTES = 32;
    static final int PROOF_BYTES = 32;
    /** A shorter secret could be guessed from one overheard proof. */
    public static final int MIN_SECRET_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();
    private final @Nullable SecretKeySpec secret;

    /** Which end of a connection makes a proof, so that none can be sent back to its maker. */
    enum Role {
        COORDINATOR, OWNER
    }

    private Credentials(@Nullable SecretKeySpec secret) {
        this.secret = secret;
    }

    public static Credentials none() {
        return new Credentials(null);
    }

    public static Credentials of(byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("the cluster secret has " + secret.length
                    + " bytes; it needs " + MIN_SECRET_BYTES + " at least");
        }
        return new Credentials(new SecretKeySpec(secret, ALGORITHM));
    }

    /** Whether there is a secret; without one, only this machine's nodes are trusted. */
    public boolean hasSecret() {
        return secret != null;
    }

    byte[] nonce() {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    byte[] proof(Role role, Exchange exchange) {
        if (secret == null) {
            return new byte[PROOF_BYTES];
        }
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update((byte) role.ordinal());
            mac.update(exchange.coordinatorNonce());
            mac.update(exchange.ownerNonce());
            update(mac, exchange.coordinatorSettings());
            update(mac, exchange.ownerSettings());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    private static void update(Mac mac, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int shift = 24; shift >= 0; shift -= 8) {
            mac.update((byte) (bytes.length >> shift));
        }
        mac.update(bytes);
    }

    boolean proves(byte[] proof, Role role, Exchange exchange) {
        return MessageDigest.isEqual(proof, proof(role, exchange));
    }

    /** What both ends have said when proofs are made. */
    record Exchange(byte[] coordinatorNonce, byte[] ownerNonce, String coordinatorSettings,
            String ownerSettings) {}
}
