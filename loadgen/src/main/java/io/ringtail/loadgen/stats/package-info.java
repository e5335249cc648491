/**
 * What a load counts: results and latencies, in plain fields of each event loop, taken and
 * summed once a second. Knows no network.
 */
@NullMarked
package io.ringtail.loadgen.stats;

import org.jspecify.annotations.NullMarked;
