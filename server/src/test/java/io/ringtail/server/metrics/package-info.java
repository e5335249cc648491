/** Tests of the metrics of a whole node, against Prometheus and its tools. */
@NullMarked
package io.ringtail.server.metrics;

import org.jspecify.annotations.NullMarked;
