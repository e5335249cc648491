/**
 * Workloads, and the load generator that sends them to any memcached server. It never depends on
 * the node's own modules.
 */
@NullMarked
package io.ringtail.loadgen;

import org.jspecify.annotations.NullMarked;
