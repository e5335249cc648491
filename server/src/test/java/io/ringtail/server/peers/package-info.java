/** Several nodes that are one cache: what is forwarded, in which order, and what fails how. */
@NullMarked
package io.ringtail.server.peers;

import org.jspecify.annotations.NullMarked;
