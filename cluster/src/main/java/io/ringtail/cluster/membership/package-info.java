/**
 * Who the members of the cluster are: a list that was given and may be added to, the addresses of
 * a name, or what etcd holds. Each tells the node when the members change; nothing here blocks an
 * event loop.
 */
@NullMarked
package io.ringtail.cluster.membership;

import org.jspecify.annotations.NullMarked;
