/**
 * What Prometheus sees of a load.
 */
@NullMarked
package io.ringtail.loadgen.metrics;

import org.jspecify.annotations.NullMarked;
