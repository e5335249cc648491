/**
 * The vocabulary of requests and replies that the text, meta and binary wire formats share.
 */
@NullMarked
package io.ringtail.protocol;

import org.jspecify.annotations.NullMarked;
