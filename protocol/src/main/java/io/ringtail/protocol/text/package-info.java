/**
 * memcached's text protocol, classic and meta commands: the parser that fills requests in place,
 * and the words of its replies.
 */
@NullMarked
package io.ringtail.protocol.text;

import org.jspecify.annotations.NullMarked;
