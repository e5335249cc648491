/**
 * memcached's binary protocol: where the fields of a frame lie, the parser of requests and the
 * writer of replies. All numbers on the wire are big-endian.
 */
@NullMarked
package io.ringtail.protocol.binary;

import org.jspecify.annotations.NullMarked;
