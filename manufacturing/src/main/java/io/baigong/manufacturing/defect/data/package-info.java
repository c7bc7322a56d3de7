/** Public data sets as they come. */
@NullMarked
package io.baigong.manufacturing.defect.data;

import org.jspecify.annotations.NullMarked;
