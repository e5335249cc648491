package io.ringtail.server.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Certificates made by openssl, and clients that take any of them. */
public final class Certificates {
    private Certificates() {}

    /** Writes {@code cert.pem} and {@code key.pem} for {@code name} into {@code directory}. */
    public static void write(Path directory, String name) throws IOException, InterruptedException {
        var made = new ProcessBuilder("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
                "-days", "2", "-subj", "/CN=" + name, "-keyout",
                directory.resolve("key.pem").toString(), "-out",
                directory.resolve("cert.pem").toString()).redirectErrorStream(true).start();
        var said = new String(made.getInputStream().readAllBytes());
        if (made.waitFor() != 0) {
            throw new IOException("openssl failed: " + said);
        }
    }

    public static SSLContext trustingAll() throws NoSuchAlgorithmException, KeyManagementException {
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

    /** The certificate's subject that a server shows, after it has answered a command. */
    public static String subject(int port) throws Exception {
        try (var socket = (SSLSocket) trustingAll().getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Patience.MILLIS);
            Lines.send(socket, "mn\r\n");
            assertEquals("MN", Lines.read(socket));
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }
}
