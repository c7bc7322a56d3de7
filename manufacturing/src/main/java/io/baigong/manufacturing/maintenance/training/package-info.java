/** How models of maintenance are validated, by machine, forward in time, and without looking ahead; and what lies beside them. */
@NullMarked
package io.baigong.manufacturing.maintenance.training;

import org.jspecify.annotations.NullMarked;
