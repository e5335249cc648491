/**
 * Who may use the node: SASL PLAIN in the binary protocol (-S), and the login of the text protocol
 * (-Y), both with users from a file. Neither is in the way of a connection that has passed it.
 */
@NullMarked
package io.ringtail.server.auth;

import org.jspecify.annotations.NullMarked;
