/**
 * Workloads replayed against caches as an application uses them: look aside, and store what was
 * missed. It counts misses; how fast servers are is the business of others.
 */
@NullMarked
package io.ringtail.loadgen.replay;

import org.jspecify.annotations.NullMarked;
