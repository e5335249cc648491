package io.ringtail.server.auth;

import java.security.MessageDigest;
import java.util.List;

/**
 * One user and the passwords that open the door for them. Immutable.
 *
 * @param passwords more than one where what is behind a colon may be left out
 */
record User(byte[] name, List<byte[]> passwords) {
    /** Compares everything there is, so that the time taken says nothing about what was right. */
    boolean is(byte[] givenName, byte[] givenPassword) {
        boolean known = MessageDigest.isEqual(name, givenName);
        boolean open = false;
        for (var password : passwords) {
            open |= MessageDigest.isEqual(password, givenPassword);
        }
        return known & open;
    }
}
