@NullMarked
package io.baigong.manufacturing.maintenance.turbofan;

import org.jspecify.annotations.NullMarked;
