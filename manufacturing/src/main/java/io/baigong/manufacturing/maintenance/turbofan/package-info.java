/** Remaining useful life of turbofan engines, as NASA's C-MAPSS simulates them. */
@NullMarked
package io.baigong.manufacturing.maintenance.turbofan;

import org.jspecify.annotations.NullMarked;
