/** The live page in a real browser. */
@NullMarked
package io.ringtail.server.page;

import org.jspecify.annotations.NullMarked;
