/**
 * The off-heap store of one node: keys, values and a clock that is passed in. It knows no protocol,
 * no network and no thread of its own, and can be used as an embedded library.
 */
@NullMarked
package io.ringtail.server.store;

import org.jspecify.annotations.NullMarked;
