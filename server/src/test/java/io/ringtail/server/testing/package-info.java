/** What integration tests share: waiting for a condition, lines on a socket, ports for nodes. */
@NullMarked
package io.ringtail.server.testing;

import org.jspecify.annotations.NullMarked;
