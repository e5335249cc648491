/**
 * Counters of the hot path: plain fields that one event loop writes and that are summed when
 * somebody asks.
 */
@NullMarked
package io.ringtail.metrics.counters;

import org.jspecify.annotations.NullMarked;
