/**
 * Raw native memory: the addresses that parsers read, that replies are written to, and that the
 * store keeps items at. Everything here is unchecked by design, so every caller states the bounds
 * it relies on. Little-endian platforms only, as are all that Ringtail supports.
 */
@NullMarked
package io.ringtail.protocol.memory;

import org.jspecify.annotations.NullMarked;
