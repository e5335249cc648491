/**
 * The off-heap store of one node: an index of 64-byte lines and logs of compact items in memory
 * that is mapped once, sharded by hash. Reads take no lock; writes take their shard's. It knows
 * keys, values and a clock that is passed in, and neither requests nor channels, so that it can be
 * embedded.
 */
@NullMarked
package io.ringtail.server.store;

import org.jspecify.annotations.NullMarked;
