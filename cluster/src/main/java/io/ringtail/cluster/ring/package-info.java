/**
 * The consistent-hash ring: which member owns which key. Everything here is immutable; every node
 * computes the same ring from the same members.
 */
@NullMarked
package io.ringtail.cluster.ring;

import org.jspecify.annotations.NullMarked;
