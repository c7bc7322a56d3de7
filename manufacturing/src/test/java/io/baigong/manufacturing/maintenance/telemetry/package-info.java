@NullMarked
package io.baigong.manufacturing.maintenance.telemetry;

import org.jspecify.annotations.NullMarked;
