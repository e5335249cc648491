package io.ringtail.server.config;

import static io.ringtail.server.config.Setting.AUTH_FILE;
import static io.ringtail.server.config.Setting.ENABLE_SASL;
import static io.ringtail.server.config.Setting.ENABLE_SSL;
import static io.ringtail.server.config.Setting.PROTOCOL;
import static io.ringtail.server.config.Setting.UDP_PORT;

import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.config.NodeConfig.Security;
import io.ringtail.server.config.NodeConfig.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what concerns authentication and TLS, and the protocol, which authentication fixes. */
final class SecurityReader {
    private static final String SASL_FILE = "MEMCACHED_SASL_PWDB";
    private static final List<String> TLS_VERSIONS =
            List.of("tlsv1.0", "tlsv1.1", "tlsv1.2", "tlsv1.3");

    private final SettingValues values;
    private final Extended extended;
    private final Surroundings surroundings;
    private final boolean sasl;
    private final boolean authFile;

    SecurityReader(SettingValues values, Extended extended, Surroundings surroundings) {
        this.values = values;
        this.extended = extended;
        this.surroundings = surroundings;
        this.sasl = values.isOn(ENABLE_SASL);
        this.authFile = values.isGiven(AUTH_FILE);
    }

    boolean isTls() {
        return values.isOn(ENABLE_SSL);
    }

    Security security() {
        return new Security(readable(AUTH_FILE), sasl, saslFile(), isTls() ? tls() : null);
    }

    BindingProtocol protocol() {
        var asked = values.read(PROTOCOL, text -> ConfigReader
                .oneOf(text.equals("auto-negotiate") ? "auto" : text, BindingProtocol.values()));
        if (sasl && authFile) {
            throw values.wrong(ENABLE_SASL,
                    "SASL needs the binary protocol and an auth file (-Y) the text protocol");
        }
        if (sasl) {
            return forced(BindingProtocol.BINARY, asked, "SASL (-S)");
        }
        return authFile ? forced(BindingProtocol.ASCII, asked, "an auth file (-Y)") : asked;
    }

    private BindingProtocol forced(BindingProtocol needed, BindingProtocol asked, String by) {
        if (values.isGiven(PROTOCOL) && asked != needed) {
            throw values.wrong(PROTOCOL, by + " allows the "
                    + (needed == BindingProtocol.ASCII ? "ascii" : "binary") + " protocol only");
        }
        return needed;
    }

    void checkUdp(int udpPort) {
        if (udpPort != 0 && (sasl || authFile)) {
            throw values.wrong(UDP_PORT, "UDP knows no authentication: leave -U out, or "
                    + (sasl ? "SASL (-S)" : "the auth file (-Y)"));
        }
    }

    private @Nullable Path saslFile() {
        var file = surroundings.environment().get(SASL_FILE);
        if (!sasl) {
            return null;
        }
        if (file == null || file.isEmpty()) {
            throw values.wrong(ENABLE_SASL, "name the file with the users in the environment: "
                    + SASL_FILE + "=FILE, lines USER:PASSWORD");
        }
        return readable(SASL_FILE, file);
    }

    private @Nullable Path readable(Setting setting) {
        var text = values.text(setting);
        return text == null ? null : readable(values.value(setting).source().name(setting), text);
    }

    private static Path readable(String name, String file) {
        var path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new InvalidSettingException(name + ": cannot read the file " + file);
        }
        return path;
    }

    private Tls tls() {
        var chain = tlsFile(ExtendedOption.SSL_CHAIN_CERT);
        if (chain == null) {
            throw values.wrong(ENABLE_SSL,
                    "name the certificate: -o ssl_chain_cert=FILE, and ssl_key=FILE");
        }
        int verifyMode = (int) extended.number(ExtendedOption.SSL_VERIFY_MODE);
        var authorities = tlsFile(ExtendedOption.SSL_CA_CERT);
        if (verifyMode != 0 && authorities == null) {
            throw new InvalidSettingException(
                    "-o ssl_verify_mode: name who signs the clients' certificates: "
                            + "ssl_ca_cert=FILE");
        }
        return new Tls(chain, tlsFile(ExtendedOption.SSL_KEY), keyFormat(), authorities, verifyMode,
                ciphers(), TLS_VERSIONS.get((int) extended.number(ExtendedOption.SSL_MIN_VERSION)),
                extended.isOn(ExtendedOption.SSL_SESSION_CACHE));
    }

    private @Nullable Path tlsFile(ExtendedOption option) {
        var text = extended.text(option);
        return text == null ? null : readable("-o " + option.optionName(), text);
    }

    private Tls.KeyFormat keyFormat() {
        var text = String.valueOf(extended.text(ExtendedOption.SSL_KEYFORMAT));
        if (text.equals("ENGINE")) {
            throw new InvalidSettingException(
                    "-o ssl_keyformat: OpenSSL engines are not available: give a PEM or DER file");
        }
        return Tls.KeyFormat.valueOf(text);
    }

    private List<String> ciphers() {
        var text = extended.text(ExtendedOption.SSL_CIPHERS);
        return text == null ? List.of() : List.of(text.split(":"));
    }
}
