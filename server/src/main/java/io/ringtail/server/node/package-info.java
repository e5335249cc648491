/**
 * The composition root: puts a node's parts together from its configuration, and takes them apart
 * again.
 */
@NullMarked
package io.ringtail.server.node;

import org.jspecify.annotations.NullMarked;
