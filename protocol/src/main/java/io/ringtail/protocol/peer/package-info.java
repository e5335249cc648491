/**
 * What nodes say to each other: the binary protocol's 24-byte header with opcodes from 0xD0, and
 * the entries inside FORWARD frames.
 */
@NullMarked
package io.ringtail.protocol.peer;

import org.jspecify.annotations.NullMarked;
