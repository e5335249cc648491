/**
 * The client's channels: event loops, connections, and the way from a server's number to a
 * connection that is free. The only package of the load generator that touches channels.
 */
@NullMarked
package io.ringtail.loadgen.net;

import org.jspecify.annotations.NullMarked;
