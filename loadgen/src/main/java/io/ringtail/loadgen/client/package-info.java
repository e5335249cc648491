/**
 * A plain blocking client of one server, for commands that people type and for the questions
 * around a load.
 */
@NullMarked
package io.ringtail.loadgen.client;

import org.jspecify.annotations.NullMarked;
