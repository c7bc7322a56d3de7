@NullMarked
package io.baigong.manufacturing.maintenance.edge;

import org.jspecify.annotations.NullMarked;
