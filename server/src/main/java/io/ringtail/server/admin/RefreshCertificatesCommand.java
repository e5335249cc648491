package io.ringtail.server.admin;

import io.ringtail.server.execution.Certificates;
import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.LoopContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code refresh_certs}: reads the TLS certificates again, beside the event loops. Stateless. */
record RefreshCertificatesCommand() implements Command {
    @Override
    public @Nullable String execute(Words words, LoopContext loop, Client client) {
        var certificates = loop.node().certificates();
        if (certificates == null) {
            return "Error TLS not enabled";
        }
        var reload = new Reload(certificates, client, words.endsWithNoreply());
        client.streamTo(reload);
        Thread.ofVirtual().name("refresh-certs").start(reload);
        return null;
    }

    /** A reload under way; the client's next commands wait for its outcome. */
    private static final class Reload implements Client.Feed, Runnable {
        private final Certificates certificates;
        private final Client client;
        private final boolean silent;
        private volatile @Nullable String outcome;

        Reload(Certificates certificates, Client client, boolean silent) {
            this.certificates = certificates;
            this.client = client;
            this.silent = silent;
        }

        @Override
        public void run() {
            outcome = reload();
            client.wake();
        }

        private String reload() {
            try {
                certificates.reload();
                return silent ? "" : "OK\r\n";
            } catch (IOException e) {
                return "Error loading the certificate chain: " + e.getMessage() + "\r\n";
            }
        }

        @Override
        public Next fill(Client to) {
            var text = outcome;
            if (text == null) {
                return Next.WAIT;
            }
            to.output().text(text);
            return Next.DONE;
        }

        @Override
        public void closed() {}
    }
}
