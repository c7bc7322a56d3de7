package io.baigong.host.cli;

import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.tuning.data.Balance;
import io.baigong.tuning.data.CleaningOptions;
import io.baigong.tuning.data.CleaningOptions.Duplicates;
import io.baigong.tuning.data.CleaningOptions.Perplexity;
import io.baigong.tuning.data.NearDuplicates.Similarity;
import io.baigong.tuning.data.Quality;
import io.baigong.tuning.data.Reading;
import io.baigong.tuning.data.Shingles;
import io.baigong.tuning.data.Split;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How documents are read, compared, balanced and split. */
final class CleanOptions {
    private static final String DEFAULT = " (default: ${DEFAULT-VALUE}).";

    @Option(names = "--plain", description = "The files are plain text, a document a line; else they are JSON Lines.")
    private boolean plain;

    @Option(
            names = "--text-field",
            defaultValue = "text",
            paramLabel = "NAME",
            description = "Field with the text" + DEFAULT)
    @SuppressWarnings("NullAway.Init")
    private String text;

    @Option(
            names = "--id-field",
            defaultValue = "id",
            paramLabel = "NAME",
            description = "Field that names a document" + DEFAULT)
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(
            names = "--label-field",
            defaultValue = "label",
            paramLabel = "NAME",
            description = "Field with the class" + DEFAULT)
    @SuppressWarnings("NullAway.Init")
    private String label;

    @Option(
            names = "--group",
            defaultValue = "group",
            paramLabel = "NAME",
            description = "Field with what a split must not part, such as a patient" + DEFAULT)
    @SuppressWarnings("NullAway.Init")
    private String group;

    @Option(
            names = "--max-line-bytes",
            defaultValue = "8388608",
            paramLabel = "N",
            description = "Longer lines are left out; at most 16777216" + DEFAULT)
    private int maxLineBytes;

    @Option(names = "--keep-duplicates", description = "Documents with the same text stay.")
    private boolean keepDuplicates;

    @Option(names = "--keep-near-duplicates", description = "Documents with nearly the same text stay.")
    private boolean keepNearDuplicates;

    @Option(
            names = "--threshold",
            defaultValue = "0.8",
            paramLabel = "J",
            description =
                    "Jaccard similarity of their shingles from which on two documents are near-duplicates, in (0, 1]"
                            + DEFAULT)
    private double threshold;

    @Option(
            names = "--permutations",
            defaultValue = "128",
            paramLabel = "N",
            description = "Of a MinHash signature, at most 1024" + DEFAULT)
    private int permutations;

    @Option(
            names = "--miss-weight",
            defaultValue = "0.98",
            paramLabel = "W",
            description = "What a missed near-duplicate weighs when bands are chosen, in [0, 1]; 0.5 is datasketch's"
                    + DEFAULT)
    private double missWeight;

    @Option(
            names = "--shingle-words",
            defaultValue = "3",
            paramLabel = "N",
            description = "Words of a shingle, at most 20" + DEFAULT)
    private int words;

    @Option(
            names = "--shingle-characters",
            defaultValue = "3",
            paramLabel = "N",
            description = "Characters of a shingle of Chinese text, at most 20" + DEFAULT)
    private int characters;

    @Option(
            names = "--perplexity-quantile",
            defaultValue = "1",
            paramLabel = "Q",
            description =
                    "Documents that a model of characters finds less likely than so many of their language are left out,"
                            + " in (0, 1]" + DEFAULT)
    private double quantile;

    @Option(
            names = "--perplexity-reference",
            paramLabel = "FILE",
            description = "Plain text that the model learns from; else the data itself, each half judged by the other.")
    private @Nullable Path reference;

    @Option(
            names = "--balance",
            defaultValue = "none",
            description =
                    "cap: leaves out documents of common labels. oversample: writes those of rare labels several times."
                            + " With a split, the first side alone" + DEFAULT)
    @SuppressWarnings("NullAway.Init")
    private Balance.Kind balance;

    @Option(
            names = "--ratio",
            defaultValue = "1",
            paramLabel = "R",
            description = "Of the commonest label to the rarest, after balancing" + DEFAULT)
    private double ratio;

    @Option(
            names = "--split",
            paramLabel = "NAME=SHARE,...",
            description =
                    "Sides, such as train=0.8,dev=0.1,test=0.1; each has a file of its own. Near-duplicates and documents"
                            + " of one group come to one side.")
    private @Nullable String split;

    @Option(
            names = "--mask",
            description = "Puts [EMAIL], [IBAN], [IDENTITY_CARD], [BANK_CARD] or [PHONE] for such data.")
    private boolean mask;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of balancing and split" + DEFAULT)
    private long seed;

    /** Throws {@link WrongUsage} that says what is out of bounds. */
    CleaningOptions checked(Quality quality) {
        if (reference != null && quantile == 1) {
            throw new WrongUsage("--perplexity-reference belongs to a --perplexity-quantile below 1");
        }
        if (balance == Balance.Kind.NONE && ratio != 1) {
            throw new WrongUsage("--ratio belongs to --balance cap or oversample");
        }
        try {
            return new CleaningOptions(
                    new Reading(text, id, label, group, plain, maxLineBytes),
                    quality,
                    new Duplicates(!keepDuplicates, !keepNearDuplicates),
                    new Similarity(threshold, permutations, missWeight, new Shingles(words, characters)),
                    new Perplexity(quantile, reference == null ? null : CleanCommand.file(reference)),
                    new Balance(balance, ratio),
                    split == null ? Split.NONE : Split.parse(split),
                    mask,
                    seed);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }
}
