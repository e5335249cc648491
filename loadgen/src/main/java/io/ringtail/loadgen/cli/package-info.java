/**
 * The commands of the command line that talk to servers. Reads arguments, writes to the streams
 * it was given, returns exit codes.
 */
@NullMarked
package io.ringtail.loadgen.cli;

import org.jspecify.annotations.NullMarked;
