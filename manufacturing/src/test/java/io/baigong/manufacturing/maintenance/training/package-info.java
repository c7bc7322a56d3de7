@NullMarked
package io.baigong.manufacturing.maintenance.training;

import org.jspecify.annotations.NullMarked;
