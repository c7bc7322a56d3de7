package io.baigong.tuning.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.tuning.data.NearDuplicates.Similarity;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a data set.
 *
 * @param reading how documents stand in the files
 * @param quality what a text must be like
 * @param duplicates which are left out
 * @param similarity when two documents are near-duplicates
 * @param perplexity which documents are too unlike the rest
 * @param balance of labels; of the first side alone, if there are several
 * @param split into sides; near-duplicates that are kept, and documents of one group, come to one side
 * @param mask whether personal data is replaced by its kind, such as {@code [PHONE]}
 * @param seed of split and balance
 */
public record CleaningOptions(
        Reading reading,
        Quality quality,
        Duplicates duplicates,
        Similarity similarity,
        Perplexity perplexity,
        Balance balance,
        Split split,
        boolean mask,
        long seed) {
    /** Which duplicates are left out. */
    public record Duplicates(boolean exact, boolean near) {}

    /**
     * Which documents are too unlike the rest.
     *
     * @param quantile of the documents of a language that stay, in (0, 1]; 1 for all
     * @param reference plain text, a document a line, that others shall be like; null for the data itself, each half judged by the
     *     other
     */
    public record Perplexity(double quantile, @Nullable Path reference) {
        /** All stay. */
        public static final Perplexity OFF = new Perplexity(1, null);

        public Perplexity {
            if (!(quantile > 0 && quantile <= 1)) {
                throw new IllegalArgumentException("a quantile is in (0, 1]");
            }
        }

        boolean isOff() {
            return quantile == 1;
        }
    }

    /** Cleaning with every option at its usual value. */
    public static final CleaningOptions USUAL = new CleaningOptions(
            Reading.JSON_LINES,
            Quality.USUAL,
            new Duplicates(true, true),
            Similarity.USUAL,
            Perplexity.OFF,
            Balance.NONE,
            Split.NONE,
            false,
            1);

    /** Whether near-duplicates must be known. */
    boolean comparesDocuments() {
        return duplicates.near() || !split.isNone();
    }

    /** All that bears on the result, but for the files; what is off is null. */
    ObjectNode json(ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.set("reading", mapper.valueToTree(reading));
        ObjectNode filters = mapper.valueToTree(quality);
        filters.properties().forEach(each -> {
            if (each.getValue().isDouble() && Double.isNaN(each.getValue().asDouble())) {
                each.setValue(mapper.nullNode());
            }
        });
        json.set("quality", filters);
        json.set("duplicates", mapper.valueToTree(duplicates));
        json.set("similarity", mapper.valueToTree(similarity));
        json.put("perplexityQuantile", perplexity.quantile());
        json.set("balance", mapper.valueToTree(balance));
        json.set("split", mapper.valueToTree(split.shares()));
        return json.put("mask", mask);
    }
}
