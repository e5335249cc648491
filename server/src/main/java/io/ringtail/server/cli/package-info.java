/**
 * The command line: reads flags, environment and file into a NodeConfig, prepares the process as
 * the settings ask (limits, user, background, signals), starts the node and waits for its end. The
 * only package that reads the environment, writes to the terminal and ends the process.
 */
@NullMarked
package io.ringtail.server.cli;

import org.jspecify.annotations.NullMarked;
