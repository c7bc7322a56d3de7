/** Tests of reading pictures. */
@NullMarked
package io.baigong.manufacturing.defect.image;

import org.jspecify.annotations.NullMarked;
