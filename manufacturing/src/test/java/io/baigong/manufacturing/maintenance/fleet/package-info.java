@NullMarked
package io.baigong.manufacturing.maintenance.fleet;

import org.jspecify.annotations.NullMarked;
