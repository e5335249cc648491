/**
 * Membership by etcd: each node holds a lease on its own key, and all read the same keys. The only
 * package that knows jetcd, whose classes are loaded only where a node is told of an etcd.
 */
@NullMarked
package io.ringtail.cluster.etcd;

import org.jspecify.annotations.NullMarked;
