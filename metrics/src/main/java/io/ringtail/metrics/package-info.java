/**
 * Counters of the hot path, and the registry and HTTP server that show them to Prometheus.
 */
@NullMarked
package io.ringtail.metrics;

import org.jspecify.annotations.NullMarked;
