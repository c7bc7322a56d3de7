package io.baigong.manufacturing.defect.image;

import io.baigong.spi.LocalText;

/**
 * Something found in a picture, in pixels from its upper left corner.
 *
 * @param kind lower-case name of what it is
 * @param width at least 1
 * @param height at least 1
 * @param score probability, in [0, 1]
 */
public record Located(String kind, LocalText title, int x, int y, int width, int height, double score) {}
