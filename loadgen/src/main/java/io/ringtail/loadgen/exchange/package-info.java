/**
 * What goes to one server at once and what has to come back: commands written into native
 * memory, replies read where they lie and checked against what was asked. Knows no channels and
 * no clock.
 */
@NullMarked
package io.ringtail.loadgen.exchange;

import org.jspecify.annotations.NullMarked;
