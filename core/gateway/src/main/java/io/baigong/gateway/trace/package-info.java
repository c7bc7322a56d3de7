/** Calls of models as spans of OpenTelemetry. */
@NullMarked
package io.baigong.gateway.trace;

import org.jspecify.annotations.NullMarked;
