/**
 * One circuit breaker for each server, shared by all event loops, with the counts that its
 * metrics show.
 */
@NullMarked
package io.ringtail.loadgen.breaker;

import org.jspecify.annotations.NullMarked;
