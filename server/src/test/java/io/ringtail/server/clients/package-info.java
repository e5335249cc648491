/**
 * Client libraries that people use, in this process and as scripts in their own languages, against
 * a
 * node: a broad set of operations each, whose results the library itself reports.
 */
@NullMarked
package io.ringtail.server.clients;

import org.jspecify.annotations.NullMarked;
