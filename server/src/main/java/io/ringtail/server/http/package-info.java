/**
 * The HTTP side port: keys by REST, JSON and forms, the node's state, the live page. It runs on the
 * node's event loops; keys reach the store through a session and {@code execution}, as every other
 * client's do. Nothing here is loaded before the port is opened.
 */
@NullMarked
package io.ringtail.server.http;

import org.jspecify.annotations.NullMarked;
