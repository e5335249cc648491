/** What stands behind slf4j: lines on stderr. Small, because a larger one is slow to start. */
@NullMarked
package io.ringtail.server.logging;

import org.jspecify.annotations.NullMarked;
