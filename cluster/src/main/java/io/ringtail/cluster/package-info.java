/**
 * What makes several nodes one cache: the ring, the membership and the channel between peers.
 */
@NullMarked
package io.ringtail.cluster;

import org.jspecify.annotations.NullMarked;
