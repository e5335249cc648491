/**
 * The channels between nodes: on each event loop one connection to each peer, opened when it is
 * needed. The only package of the cluster that knows channels.
 */
@NullMarked
package io.ringtail.cluster.net;

import org.jspecify.annotations.NullMarked;
