/** Reading a contract: from a PDF, DOCX, HTML or text file to text with positions, or to a clear refusal. */
@NullMarked
package io.baigong.finance.document;

import org.jspecify.annotations.NullMarked;
