/**
 * The conversation between two nodes without its channel: the greeting, commands on their way to
 * their owner with the replies that come back, and the owner's side of both. It reads and writes
 * native memory, so that tests drive it byte by byte.
 */
@NullMarked
package io.ringtail.cluster.peer;

import org.jspecify.annotations.NullMarked;
