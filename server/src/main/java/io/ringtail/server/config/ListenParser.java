package io.ringtail.server.config;

import io.ringtail.server.config.ListenAddress.Encryption;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the values of -l: addresses separated by commas or semicolons, each
 * {@code [notls:|btls:|mtls:][proto[ascii|binary|auto]:][tag[name]:]host[:port]}, the prefixes in
 * any order, the host an IPv4 address, an IPv6 address (in brackets before a port), a name or *.
 */
final class ListenParser {
    /**
     * Starts a listener's tag: memcached's proxy routes by it, nothing else does anything with it.
     */
    static final String TAG = "tag[";
    private static final int MAX_TAG_CHARACTERS = 8;

    private final BindingProtocol defaultProtocol;
    private final boolean tls;
    private final int defaultPort;

    private BindingProtocol protocol;
    private Encryption encryption;

    ListenParser(int defaultPort, BindingProtocol defaultProtocol, boolean tls) {
        this.defaultPort = defaultPort;
        this.defaultProtocol = defaultProtocol;
        this.tls = tls;
        this.protocol = defaultProtocol;
        this.encryption = Encryption.PLAIN;
    }

    List<ListenAddress> parse(String text) {
        var addresses = new ArrayList<ListenAddress>();
        for (var part : text.split("[,;]")) {
            if (!part.isBlank()) {
                addresses.add(parseOne(part.strip()));
            }
        }
        return addresses;
    }

    private ListenAddress parseOne(String text) {
        protocol = defaultProtocol;
        encryption = tls ? Encryption.TLS : Encryption.PLAIN;
        var rest = text;
        while (true) {
            var after = withoutPrefix(rest);
            if (after.equals(rest)) {
                return parseAddress(rest);
            }
            rest = after;
        }
    }

    private String withoutPrefix(String text) {
        for (var name : List.of("notls", "btls", "mtls")) {
            if (text.startsWith(name + ":")) {
                encryption = encryptionOf(name);
                return text.substring(name.length() + 1);
            }
        }
        if (text.startsWith("proto[")) {
            protocol = protocolOf(bracketed(text));
            return afterBracket(text);
        }
        if (text.startsWith(TAG)) {
            checkTag(bracketed(text));
            return afterBracket(text);
        }
        return text;
    }

    private static void checkTag(String tag) {
        if (tag.isEmpty() || tag.length() > MAX_TAG_CHARACTERS) {
            throw new InvalidSettingException("a listener's tag has 1 to " + MAX_TAG_CHARACTERS
                    + " characters: '" + tag + "'");
        }
    }

    private Encryption encryptionOf(String name) {
        if (!tls) {
            throw new InvalidSettingException("'" + name + "' needs TLS to be on (-Z)");
        }
        return switch (name) {
            case "notls" -> Encryption.PLAIN;
            case "btls" -> Encryption.TLS;
            default -> Encryption.MUTUAL_TLS;
        };
    }

    private static BindingProtocol protocolOf(String name) {
        return switch (name) {
            case "ascii" -> BindingProtocol.ASCII;
            case "binary" -> BindingProtocol.BINARY;
            case "auto", "negotiating" -> BindingProtocol.AUTO;
            default -> throw new InvalidSettingException(
                    "proto[...] is ascii, binary or auto, not '" + name + "'");
        };
    }

    private static String bracketed(String text) {
        return text.substring(text.indexOf('[') + 1, closingBracket(text));
    }

    private static String afterBracket(String text) {
        int end = closingBracket(text);
        if (end + 1 >= text.length() || text.charAt(end + 1) != ':') {
            throw new InvalidSettingException("':' and an address must follow in '" + text + "'");
        }
        return text.substring(end + 2);
    }

    private static int closingBracket(String text) {
        int end = text.indexOf(']');
        if (end < 0) {
            throw new InvalidSettingException("']' is missing in '" + text + "'");
        }
        return end;
    }

    private ListenAddress parseAddress(String text) {
        var address = HostPort.parse(text, defaultPort);
        return new ListenAddress(address.host().equals("*") ? "" : address.host(), address.port(),
                protocol, encryption);
    }
}
