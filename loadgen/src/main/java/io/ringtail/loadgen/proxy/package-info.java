/**
 * A proxy between the client and a server that can be told to misbehave: blocking sockets on
 * virtual threads, since it has to be plain rather than fast.
 */
@NullMarked
package io.ringtail.loadgen.proxy;

import org.jspecify.annotations.NullMarked;
