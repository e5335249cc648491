/**
 * The node's metrics as Prometheus reads them: a collector that sums the loops' counters when it is
 * asked, and the port it is asked on.
 */
@NullMarked
package io.ringtail.metrics.exposition;

import org.jspecify.annotations.NullMarked;
