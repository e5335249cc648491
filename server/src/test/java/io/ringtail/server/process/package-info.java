/** Nodes as processes of their own, and tests that need that: memory, signals, hostile clients. */
@NullMarked
package io.ringtail.server.process;

import org.jspecify.annotations.NullMarked;
