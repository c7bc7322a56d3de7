@NullMarked
package io.baigong.manufacturing.maintenance.process;

import org.jspecify.annotations.NullMarked;
