package io.ringtail.server.store;

/** Why a key was not found. */
public enum MissReason {
    ABSENT, EXPIRED, FLUSHED
}
