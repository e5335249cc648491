package io.ringtail.server.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Certificates made by openssl, and clients that take any of them. */
final class Certificates {
    private Certificates() {}

    /** Writes {@code cert.pem} and {@code key.pem} for {@code name} into {@code directory}. */
    static void write(Path directory, String name) throws IOException, InterruptedException {
        var made = new ProcessBuilder("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
                "-days", "2", "-subj", "/CN=" + name, "-keyout",
                directory.resolve("key.pem").toString(), "-out",
                directory.resolve("cert.pem").toString()).redirectErrorStream(true).start();
        var said = new String(made.getInputStream().readAllBytes());
        if (made.waitFor() != 0) {
            throw new IOException("openssl failed: " + said);
        }
    }

    static SSLContext trustingAll() throws NoSuchAlgorithmException, KeyManagementException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {
                throw new IllegalStateException("a client");
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
                // the test looks at the certificate itself
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        }}, new SecureRandom());
        return context;
    }
}
