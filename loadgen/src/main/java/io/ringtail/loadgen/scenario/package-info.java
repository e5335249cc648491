/**
 * Timed steps against the servers of a load, and what is expected of them: read from a YAML
 * file, carried out while the load runs.
 */
@NullMarked
package io.ringtail.loadgen.scenario;

import org.jspecify.annotations.NullMarked;
