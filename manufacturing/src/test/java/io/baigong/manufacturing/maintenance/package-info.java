@NullMarked
package io.baigong.manufacturing.maintenance;

import org.jspecify.annotations.NullMarked;
