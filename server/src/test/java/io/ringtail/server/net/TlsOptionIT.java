package io.ringtail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.Setting;
import io.ringtail.server.node.Node;
import io.ringtail.server.testing.Certificates;
import io.ringtail.server.testing.Patience;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What -Z and the ssl_... sub-options do, seen by a client of TLS. */
final class TlsOptionIT {
    private static final String SUITE = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";

    @TempDir private Path folder;

    @BeforeEach
    void makeACertificate() throws Exception {
        Certificates.write(folder, "node");
    }

    @Test
    void prefersWhatTheCipherListNames() throws Exception {
        try (var node = start("127.0.0.1", ",ssl_ciphers=ECDHE-RSA-AES256-GCM-SHA384")) {
            assertEquals(SUITE, session(node, 0, "TLSv1.2", null).getCipherSuite());
        }
    }

    @Test
    void speaksNoVersionBelowTheLowest() throws Exception {
        try (var node = start("127.0.0.1", ",ssl_min_version=3")) {
            assertEquals("TLSv1.3", session(node, 0, "TLSv1.3", null).getProtocol());
            assertThrows(IOException.class, () -> session(node, 0, "TLSv1.2", null));
        }
    }

    @Test
    void demandsClientCertificatesWhereAskedTo() throws Exception {
        var authorities = ",ssl_ca_cert=" + folder.resolve("cert.pem");
        for (int mode = 2; mode <= 3; mode++) {
            try (var node = start("127.0.0.1", authorities + ",ssl_verify_mode=" + mode)) {
                assertThrows(IOException.class, () -> session(node, 0, "TLSv1.2", null));
                assertEquals("TLSv1.2",
                        session(node, 0, "TLSv1.2", clientCertificate()).getProtocol());
            }
        }
        try (var node = start("127.0.0.1", authorities + ",ssl_verify_mode=1")) {
            assertEquals("TLSv1.2", session(node, 0, "TLSv1.2", null).getProtocol());
        }
    }

    @Test
    void prefixesOfAddressesChooseTheEncryption() throws Exception {
        var addresses = "notls:127.0.0.1,btls:127.0.0.1,mtls:127.0.0.1";
        try (var node = start(addresses, ",ssl_ca_cert=" + folder.resolve("cert.pem"))) {
            try (var plain =
                    new Socket(InetAddress.getLoopbackAddress(), node.tcpPorts().getFirst())) {
                assertVersion(plain);
            }
            assertEquals("TLSv1.3", session(node, 1, "TLSv1.3", null).getProtocol());
            assertThrows(IOException.class, () -> session(node, 2, "TLSv1.3", null));
            assertEquals("TLSv1.3", session(node, 2, "TLSv1.3", clientCertificate()).getProtocol());
        }
    }

    @Test
    void takesAKeyInDerForm() throws Exception {
        openssl("pkey", "-in", folder.resolve("key.pem").toString(), "-outform", "DER", "-out",
                folder.resolve("key.der").toString());
        Files.move(folder.resolve("key.der"), folder.resolve("key.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        try (var node = start("127.0.0.1", ",ssl_keyformat=DER")) {
            assertEquals("TLSv1.3", session(node, 0, "TLSv1.3", null).getProtocol());
        }
    }

    @Test
    void findsTheKeyInTheFileOfTheCertificate() throws Exception {
        var both = folder.resolve("both.pem");
        Files.writeString(both, Files.readString(folder.resolve("key.pem"))
                + Files.readString(folder.resolve("cert.pem")));
        var settings = new EnumMap<Setting, String>(Setting.class);
        settings.putAll(Map.of(Setting.PORT, "-1", Setting.THREADS, "1", Setting.ENABLE_SSL, "yes",
                Setting.EXTENDED, "ssl_chain_cert=" + both));
        try (var node = Node.start(NodeConfig.of(settings))) {
            assertEquals("TLSv1.3", session(node, 0, "TLSv1.3", null).getProtocol());
        }
    }

    private Node start(String listen, String more) throws IOException {
        return Node.start(NodeConfig.of(Map.of(Setting.PORT, "-1", Setting.THREADS, "1",
                Setting.LISTEN, listen, Setting.ENABLE_SSL, "yes", Setting.EXTENDED,
                "ssl_chain_cert=" + folder.resolve("cert.pem") + ",ssl_key="
                        + folder.resolve("key.pem") + more)));
    }

    /** The session of a connection over which a command was answered. */
    private static SSLSession session(Node node, int listener, String version,
            @Nullable KeyManagerFactory certificate) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(certificate == null ? null : certificate.getKeyManagers(),
                new TrustManager[] {new TrustsAll()}, new SecureRandom());
        try (var socket = (SSLSocket) context.getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), node.tcpPorts().get(listener))) {
            socket.setEnabledProtocols(new String[] {version});
            assertVersion(socket);
            return socket.getSession();
        }
    }

    private static void assertVersion(Socket socket) throws IOException {
        socket.setSoTimeout(Patience.MILLIS);
        socket.getOutputStream().write("version\r\n".getBytes(StandardCharsets.US_ASCII));
        var reply = new byte[100];
        int bytes = socket.getInputStream().read(reply);
        if (bytes < 0) {
            throw new IOException("closed");
        }
        assertTrue(new String(reply, 0, bytes, StandardCharsets.US_ASCII).startsWith("VERSION"));
    }

    private KeyManagerFactory clientCertificate() throws Exception {
        var store = folder.resolve("client.p12");
        openssl("pkcs12", "-export", "-passout", "pass:secret", "-in",
                folder.resolve("cert.pem").toString(), "-inkey",
                folder.resolve("key.pem").toString(), "-out", store.toString());
        var keys = KeyStore.getInstance("PKCS12");
        try (var file = new FileInputStream(store.toFile())) {
            keys.load(file, "secret".toCharArray());
        }
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, "secret".toCharArray());
        return factory;
    }

    private static void openssl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    /** The test is about what the node demands, not about what the client does. */
    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
