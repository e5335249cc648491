/**
 * Traces of what real caches were asked, read from files as workloads.
 */
@NullMarked
package io.ringtail.loadgen.trace;

import org.jspecify.annotations.NullMarked;
