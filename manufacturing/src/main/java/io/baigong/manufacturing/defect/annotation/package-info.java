/** Annotations as others write them: Pascal VOC, COCO and YOLO. */
@NullMarked
package io.baigong.manufacturing.defect.annotation;

import org.jspecify.annotations.NullMarked;
