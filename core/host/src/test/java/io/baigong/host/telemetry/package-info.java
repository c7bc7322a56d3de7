@NullMarked
package io.baigong.host.telemetry;

import org.jspecify.annotations.NullMarked;
