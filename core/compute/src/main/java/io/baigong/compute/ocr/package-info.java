/**
 * Optical character recognition: words and where they stand, from the picture of a page.
 *
 * <p>The models are PP-OCRv4 (arXiv 2009.09941, 2206.03001): a differentiable binarisation network finds lines, a
 * convolution and attention network with CTC output reads them.
 */
@NullMarked
package io.baigong.compute.ocr;

import org.jspecify.annotations.NullMarked;
