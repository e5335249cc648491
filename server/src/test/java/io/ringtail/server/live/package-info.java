/** A node in the test's own process, with sockets and a clock that tests move. */
@NullMarked
package io.ringtail.server.live;

import org.jspecify.annotations.NullMarked;
