/**
 * A load from its plan to its figures: workers in a closed loop or at a fixed rate, the sum of
 * their counts once a second, and the end.
 */
@NullMarked
package io.ringtail.loadgen.run;

import org.jspecify.annotations.NullMarked;
