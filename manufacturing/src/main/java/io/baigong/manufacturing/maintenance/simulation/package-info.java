/** A fleet of ours, for demonstrations, load, and tests where the truth is known. */
@NullMarked
package io.baigong.manufacturing.maintenance.simulation;

import org.jspecify.annotations.NullMarked;
