/**
 * Connections that are kept for reuse, without knowing what a connection is, and the counts of
 * all loops' pools.
 */
@NullMarked
package io.ringtail.loadgen.pool;

import org.jspecify.annotations.NullMarked;
