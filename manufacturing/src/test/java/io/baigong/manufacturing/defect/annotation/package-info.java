/** Tests of annotations. */
@NullMarked
package io.baigong.manufacturing.defect.annotation;

import org.jspecify.annotations.NullMarked;
