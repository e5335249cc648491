/**
 * What {@code stats} and its sub-commands report, in memcached's names, order and formats, so that
 * the tools that watch a memcached watch a node as well.
 */
@NullMarked
package io.ringtail.server.stats;

import org.jspecify.annotations.NullMarked;
