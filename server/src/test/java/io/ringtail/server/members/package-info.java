/** Clusters whose members change, with real processes and a real etcd. */
@NullMarked
package io.ringtail.server.members;

import org.jspecify.annotations.NullMarked;
