/** Bare circuit boards against their template. */
@NullMarked
package io.baigong.manufacturing.defect.board;

import org.jspecify.annotations.NullMarked;
