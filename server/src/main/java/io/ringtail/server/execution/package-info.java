/**
 * Command execution: the one place where requests meet the store, and the one place where they meet
 * the cluster. It knows no channels: replies go to {@link io.ringtail.server.execution.Replies}.
 */
@NullMarked
package io.ringtail.server.execution;

import org.jspecify.annotations.NullMarked;
