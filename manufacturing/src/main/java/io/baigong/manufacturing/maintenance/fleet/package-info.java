/** Machines with replaceable components: their histories, failure probabilities, alarms and what these cost. */
@NullMarked
package io.baigong.manufacturing.maintenance.fleet;

import org.jspecify.annotations.NullMarked;
