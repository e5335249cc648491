/**
 * Two servers measured in turn: ratios of pairs of rounds, and how sure they are.
 */
@NullMarked
package io.ringtail.loadgen.compare;

import org.jspecify.annotations.NullMarked;
