/**
 * The settings of a node: immutable records, with memcached's meaning where a flag is memcached's.
 */
@NullMarked
package io.ringtail.server.config;

import org.jspecify.annotations.NullMarked;
