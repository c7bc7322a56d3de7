/** The reviewed contract to take away: DOCX and PDF with comments at the passages that the review speaks of. */
@NullMarked
package io.baigong.finance.export;

import org.jspecify.annotations.NullMarked;
