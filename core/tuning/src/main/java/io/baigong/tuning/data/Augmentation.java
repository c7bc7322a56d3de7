package io.baigong.tuning.data;

import io.baigong.spi.LabelledText;
import io.baigong.tuning.data.Edit.Replacement;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes more texts of those there are, by edits after which the label is the same. What is labelled within a text stays labelled: no edit
 * reaches over a span's start or end. Thread-safe.
 *
 * <p>Chance comes of the seed, the text's id and the number of its copy, so that the same texts give the same copies in any order.
 */
public final class Augmentation {
    private final EnumSet<Edit> edits;
    private final double share;
    private final Synonyms synonyms;
    private final long seed;

    /**
     * @param edits made one after the other, in their order
     * @param share of the places that each could be made at, in (0, 1]
     */
    public Augmentation(EnumSet<Edit> edits, double share, Synonyms synonyms, long seed) {
        if (edits.isEmpty()) {
            throw new IllegalArgumentException("an augmentation has at least one edit");
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "the share of places that are edited is above 0 and at most 1, not " + share);
        }
        this.edits = EnumSet.copyOf(edits);
        this.share = share;
        this.synonyms = synonyms;
        this.seed = seed;
    }

    /**
     * A text as it was edited.
     *
     * @param made how many edits of each kind
     */
    public record Edited(LabelledText text, Map<Edit, Integer> made) {}

    /**
     * A copy of a text, of its group; empty if there was nothing to edit.
     *
     * @param copy from 1
     */
    public Optional<Edited> copy(LabelledText original, int copy) {
        var random = new SplittableRandom(Digests.mix(Digests.mix(seed) + hash(original.id())) + copy);
        String text = original.text();
        List<LabelledText.Span> spans = original.spans();
        var made = new EnumMap<Edit, Integer>(Edit.class);
        for (Edit edit : edits) {
            List<Replacement> within = within(edit.of(text, share, synonyms, random), spans);
            if (!within.isEmpty()) {
                made.put(edit, within.size());
                spans = moved(spans, within);
                text = applied(text, within);
            }
        }
        return text.equals(original.text())
                ? Optional.empty()
                : Optional.of(new Edited(
                        new LabelledText(original.id() + "#" + copy, original.group(), text, spans), Map.copyOf(made)));
    }

    /** Of all characters, unlike {@link String#hashCode} in 64 bits. */
    private static long hash(String id) {
        long hash = 0;
        for (int i = 0; i < id.length(); i++) {
            hash = Digests.mix(hash + id.charAt(i));
        }
        return hash;
    }

    private static List<Replacement> within(List<Replacement> edits, List<LabelledText.Span> spans) {
        return edits.stream()
                .filter(edit ->
                        spans.stream().allMatch(span -> isWithin(edit, span.start()) && isWithin(edit, span.end())))
                .toList();
    }

    private static boolean isWithin(Replacement edit, int edge) {
        return edge <= edit.start() || edge >= edit.end();
    }

    private static List<LabelledText.Span> moved(List<LabelledText.Span> spans, List<Replacement> edits) {
        return spans.stream()
                .map(span -> new LabelledText.Span(span.label(), moved(span.start(), edits), moved(span.end(), edits)))
                .toList();
    }

    private static int moved(int at, List<Replacement> edits) {
        int moved = at;
        for (Replacement edit : edits) {
            if (edit.end() <= at) {
                moved += edit.with().length() - (edit.end() - edit.start());
            }
        }
        return moved;
    }

    private static String applied(String text, List<Replacement> edits) {
        var applied = new StringBuilder();
        int from = 0;
        for (Replacement edit : edits) {
            applied.append(text, from, edit.start()).append(edit.with());
            from = edit.end();
        }
        return applied.append(text, from, text.length()).toString();
    }
}
