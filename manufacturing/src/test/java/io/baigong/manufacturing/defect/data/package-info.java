/** Tests of reading data sets. */
@NullMarked
package io.baigong.manufacturing.defect.data;

import org.jspecify.annotations.NullMarked;
