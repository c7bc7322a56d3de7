/** Tests of board comparison. */
@NullMarked
package io.baigong.manufacturing.defect.board;

import org.jspecify.annotations.NullMarked;
