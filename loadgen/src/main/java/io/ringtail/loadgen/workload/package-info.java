/**
 * What clients ask of a cache: streams of steps, made from a seed or read from a trace. A workload
 * knows no network and no clock; who runs it sends the steps.
 */
@NullMarked
package io.ringtail.loadgen.workload;

import org.jspecify.annotations.NullMarked;
