/**
 * One client connection without its channel: which protocol it speaks, where its input stands, and
 * its replies in order. What it reads and writes is native memory, so that it can be driven by
 * tests byte by byte.
 */
@NullMarked
package io.ringtail.server.session;

import org.jspecify.annotations.NullMarked;
