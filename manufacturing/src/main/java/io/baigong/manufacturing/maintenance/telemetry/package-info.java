/** Reading what machines send: delimited files, times, units, and what is wrong with them. */
@NullMarked
package io.baigong.manufacturing.maintenance.telemetry;

import org.jspecify.annotations.NullMarked;
