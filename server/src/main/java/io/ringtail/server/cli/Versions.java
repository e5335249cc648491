package io.ringtail.server.cli;

import io.ringtail.server.config.Form;

/** What -V and -i print. */
final class Versions {
    /** Of the jar; classes outside one have none. */
    static final String RINGTAIL = ofJar();
    /** The memcached that Ringtail stands in for; clients decide by it what they may use. */
    static final String MEMCACHED = "1.6.45";
    static final String LICENSE = "Ringtail is free software under the Apache License, Version 2.0"
            + " (https://www.apache.org/licenses/LICENSE-2.0).";

    private Versions() {}

    private static String ofJar() {
        var version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    static String line(Form form) {
        return form == Form.MEMCACHED ? "memcached " + MEMCACHED
                : "ringtail " + RINGTAIL + " (as memcached " + MEMCACHED + ")";
    }
}
