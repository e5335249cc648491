package io.ringtail.server.net;

import io.netty.handler.ssl.CipherSuiteConverter;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Cipher suites as -o ssl_ciphers lists them: OpenSSL's names or Java's. As there, the suites of
 * TLS 1.3 are not chosen by it. Words for groups of suites (HIGH, DEFAULT, ALL) stand for all that
 * are on by default, and what is excluded (!aNULL) is not among those anyway.
 */
final class CipherList {
    private static final Set<String> GROUPS = Set.of("HIGH", "DEFAULT", "ALL", "SECURE");

    private CipherList() {}

    /** Java's names. */
    static List<String> of(List<String> names) throws SSLException {
        var known = suites();
        var chosen = new LinkedHashSet<String>();
        for (var name : names) {
            if (GROUPS.contains(name)) {
                chosen.addAll(Arrays.asList(known.byDefault()));
            } else if (!name.startsWith("!") && !name.startsWith("-") && !name.startsWith("@")) {
                chosen.add(one(name, Set.of(known.supported())));
            }
        }
        for (var suite : known.byDefault()) {
            if (isOfTls13(suite)) {
                chosen.add(suite);
            }
        }
        return List.copyOf(chosen);
    }

    private static String one(String name, Set<String> supported) throws SSLException {
        var java = supported.contains(name) ? name : CipherSuiteConverter.toJava(name, "TLS");
        if (java == null || !supported.contains(java)) {
            throw new SSLException("-o ssl_ciphers: there is no cipher suite '" + name + "'");
        }
        return java;
    }

    private static boolean isOfTls13(String suite) {
        return suite.startsWith("TLS_") && !suite.contains("_WITH_")
                && !suite.equals("TLS_EMPTY_RENEGOTIATION_INFO_SCSV");
    }

    private record Suites(String[] byDefault, String[] supported) {}

    private static Suites suites() throws SSLException {
        try {
            var context = SSLContext.getDefault();
            return new Suites(context.getDefaultSSLParameters().getCipherSuites(),
                    context.getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            throw new SSLException(e);
        }
    }
}
