/**
 * One node: the store, the execution of commands, the network front, the configuration and main.
 */
@NullMarked
package io.ringtail.server;

import org.jspecify.annotations.NullMarked;
