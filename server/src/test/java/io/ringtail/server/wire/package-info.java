/**
 * What clients see on the wire, compared with a real memcached: transcripts, random command
 * sequences and client libraries. The servers run as processes or in this one, always on loopback.
 */
@NullMarked
package io.ringtail.server.wire;

import org.jspecify.annotations.NullMarked;
