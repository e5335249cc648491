package io.ringtail.server.net;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.ringtail.server.config.NodeConfig.Tls;
import io.ringtail.server.config.NodeConfig.Tls.KeyFormat;
import io.ringtail.server.execution.Certificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * The certificates that new TLS connections get; they can be read anew while the node runs.
 * Thread-safe.
 */
public final class TlsContexts implements Certificates {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");
    private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private final Tls tls;
    private final Clock clock;
    private volatile Loaded loaded;

    private record Loaded(SslContext standard, SslContext mutual, long atMillis) {}

    /** Reads the certificates; fails with what is wrong with them. */
    public TlsContexts(Tls tls, Clock clock) throws SSLException {
        this.tls = tls;
        this.clock = clock;
        this.loaded = load();
    }

    /**
     * Reads the certificates again; where they are bad the old ones stay in force and the error is
     * thrown.
     */
    @Override
    public void reload() throws SSLException {
        loaded = load();
    }

    /** Seconds since the certificates were read. */
    @Override
    public long secondsSinceReload() {
        return (clock.millis() - loaded.atMillis()) / 1000;
    }

    SslContext context(boolean mutual) {
        return mutual ? loaded.mutual() : loaded.standard();
    }

    private Loaded load() throws SSLException {
        try {
            return new Loaded(build(clientAuth(tls.verifyMode())), build(ClientAuth.REQUIRE),
                    clock.millis());
        } catch (IllegalArgumentException e) {
            throw new SSLException(
                    "cannot use " + tls.certificateChain() + " and its key: " + message(e), e);
        }
    }

    private static String message(Throwable e) {
        var cause = e.getCause();
        return cause == null || cause.getMessage() == null ? String.valueOf(e.getMessage())
                : cause.getMessage();
    }

    private SslContext build(ClientAuth auth) throws SSLException {
        var builder = SslContextBuilder.forServer(key(), chain())
                .sslProvider(SslProvider.JDK)
                .clientAuth(auth)
                .protocols(versions());
        var authorities = tls.caCertificates();
        if (authorities != null) {
            builder.trustManager(authorities.toFile());
        }
        if (!tls.ciphers().isEmpty()) {
            builder.ciphers(CipherList.of(tls.ciphers()));
        }
        if (!tls.sessionCache()) {
            builder.sessionCacheSize(1).sessionTimeout(1);
        }
        return builder.build();
    }

    private PrivateKey key() throws SSLException {
        var file = tls.key();
        try {
            return PrivateKeyFile.read(file == null ? tls.certificateChain() : file,
                    file == null ? KeyFormat.PEM : tls.keyFormat());
        } catch (IOException e) {
            throw new SSLException(e.getMessage(), e);
        }
    }

    /** Only the certificates: the key may be in the same file. */
    private X509Certificate[] chain() throws SSLException {
        try {
            var file = Files.readString(tls.certificateChain(), StandardCharsets.ISO_8859_1);
            var blocks = CERTIFICATE.matcher(file)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.joining("\n"));
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(blocks.getBytes(StandardCharsets.ISO_8859_1)))
                    .toArray(X509Certificate[]::new);
        } catch (IOException | CertificateException e) {
            throw new SSLException("cannot read the certificates in " + tls.certificateChain(), e);
        }
    }

    private List<String> versions() {
        int lowest = 0;
        for (int i = 0; i < VERSIONS.size(); i++) {
            if (VERSIONS.get(i)
                    .toLowerCase(Locale.ROOT)
                    .equals(tls.minVersion().toLowerCase(Locale.ROOT))) {
                lowest = i;
            }
        }
        return VERSIONS.subList(lowest, VERSIONS.size());
    }

    private static ClientAuth clientAuth(int verifyMode) {
        return switch (verifyMode) {
            case 0 -> ClientAuth.NONE;
            case 1 -> ClientAuth.OPTIONAL;
            default -> ClientAuth.REQUIRE;
        };
    }
}
