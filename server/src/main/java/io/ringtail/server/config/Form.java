package io.ringtail.server.config;

/** The two ways to start a node: with Ringtail's defaults, or with memcached's to the letter. */
public enum Form {
    SERVE, MEMCACHED
}
