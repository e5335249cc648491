/**
 * The network front of a node: event loops, listeners and the channel handlers that move bytes
 * between sockets and sessions. Nothing here knows what a command is.
 */
@NullMarked
package io.ringtail.server.net;

import org.jspecify.annotations.NullMarked;
