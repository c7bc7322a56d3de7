/** Whether a machining process fails for the product that it works on. */
@NullMarked
package io.baigong.manufacturing.maintenance.process;

import org.jspecify.annotations.NullMarked;
