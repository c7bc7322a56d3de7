/** Classes of defects of steel strip. */
@NullMarked
package io.baigong.manufacturing.defect.strip;

import org.jspecify.annotations.NullMarked;
