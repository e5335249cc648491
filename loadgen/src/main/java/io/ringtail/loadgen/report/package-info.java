/**
 * What a load found out, as text, as JSON and as one HTML page.
 */
@NullMarked
package io.ringtail.loadgen.report;

import org.jspecify.annotations.NullMarked;
