/** Machines that send telemetry while they run: listening over MQTT, keeping, and a run each hour. */
@NullMarked
package io.baigong.host.telemetry;

import org.jspecify.annotations.NullMarked;
