/**
 * The named workloads of the command line: shares of operations, popularity of keys, sizes of
 * values.
 */
@NullMarked
package io.ringtail.loadgen.preset;

import org.jspecify.annotations.NullMarked;
