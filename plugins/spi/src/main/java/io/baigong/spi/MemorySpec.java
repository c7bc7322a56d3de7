package io.baigong.spi;

/**
 * How to remember what is usual, so that what is unlike all of it stands out: a memory of rows, chosen so that none is far from
 * one that is kept (PatchCore, Roth et al. 2022, arXiv 2106.08265, section 3.2).
 *
 * <p>Its model answers a row with one number: how far it is from the nearest kept, in standard deviations of a feature.
 *
 * @param name the artifact's name
 * @param version the artifact's version
 * @param dimensions numbers that a row is projected to before distances are taken
 * @param size rows that are kept, at the most
 * @param seed makes the run repeatable
 */
public record MemorySpec(String name, String version, int dimensions, int size, long seed) {
    public MemorySpec {
        if (dimensions < 1 || size < 1) {
            throw new IllegalArgumentException(
                    "a memory keeps at least one row of one number, not %d of %d".formatted(size, dimensions));
        }
    }
}
