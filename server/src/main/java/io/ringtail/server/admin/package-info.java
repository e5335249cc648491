/**
 * The text protocol's commands without a key: flush_all, verbosity, lru_crawler with its dumps,
 * watch and what else an operator types. What only makes sense inside memcached is checked and
 * answered as memcached does and changes nothing but {@code stats settings}.
 */
@NullMarked
package io.ringtail.server.admin;

import org.jspecify.annotations.NullMarked;
