/**
 * The form in which requests of the HTTP side port meet the store: fixed fields and a key, with a
 * value that may carry an attribute, its content type. Never spoken by clients; nodes forward it to
 * each other like any other command.
 */
@NullMarked
package io.ringtail.protocol.side;

import org.jspecify.annotations.NullMarked;
