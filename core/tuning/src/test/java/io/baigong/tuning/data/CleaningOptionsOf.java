package io.baigong.tuning.data;

/** Options that differ from the usual ones in one thing. */
final class CleaningOptionsOf {
    private CleaningOptionsOf() {}

    static CleaningOptions quality(Quality quality) {
        return with(Reading.JSON_LINES, quality);
    }

    static CleaningOptions reading(Reading reading) {
        return with(reading, Quality.OFF);
    }

    private static CleaningOptions with(Reading reading, Quality quality) {
        CleaningOptions usual = CleaningOptions.USUAL;
        return new CleaningOptions(
                reading,
                quality,
                usual.duplicates(),
                usual.similarity(),
                usual.perplexity(),
                usual.balance(),
                usual.split(),
                usual.mask(),
                usual.seed());
    }
}
