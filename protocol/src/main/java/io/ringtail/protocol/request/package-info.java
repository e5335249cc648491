/**
 * The vocabulary of requests that all three protocols share: what a client asked for, as spans of
 * the buffer it arrived in.
 */
@NullMarked
package io.ringtail.protocol.request;

import org.jspecify.annotations.NullMarked;
