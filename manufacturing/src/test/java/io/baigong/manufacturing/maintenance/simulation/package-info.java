@NullMarked
package io.baigong.manufacturing.maintenance.simulation;

import org.jspecify.annotations.NullMarked;
