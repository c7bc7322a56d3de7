package io.baigong.medical.coding;

import io.baigong.medical.note.Sentence;
import io.baigong.spi.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Adds to what is known of candidates how near a note's words come to the names of their codes. */
final class NearNames {
    private static final int FIRST = CodeCandidate.LEXICAL.size();

    /** Numbers of a comparison. */
    private static final int SIZE = 4;

    private final CodeVectors vectors;
    private final TextEncoder encoder;

    NearNames(CodeVectors vectors, TextEncoder encoder) {
        this.vectors = vectors;
        this.encoder = encoder;
    }

    /** The candidates with all features. */
    List<CodeCandidate> describe(
            List<CodeCandidate> candidates, CodeCandidates.Note note, List<Sentence> spanish, List<Sentence> english) {
        List<String> codes = candidates.stream().map(CodeCandidate::code).toList();
        List<float[]> features = new ArrayList<>(candidates.size());
        for (CodeCandidate each : candidates) {
            float[] all = Arrays.copyOf(each.features(), CodeCandidate.FEATURES.size());
            Arrays.fill(all, FIRST, all.length, Float.NaN);
            features.add(all);
        }
        compare(Stretch.of(note.spanish(), spanish), codes, features, FIRST, FIRST + 2 * SIZE);
        compare(Stretch.of(note.english(), english), codes, features, FIRST + SIZE, FIRST + 3 * SIZE);
        var described = new ArrayList<CodeCandidate>(candidates.size());
        for (int c = 0; c < features.size(); c++) {
            described.add(new CodeCandidate(
                    codes.get(c), features.get(c), candidates.get(c).evidence()));
        }
        return described;
    }

    private void compare(List<Stretch> stretches, List<String> codes, List<float[]> features, int titles, int quoted) {
        if (stretches.isEmpty()) {
            return;
        }
        float[][] embedded =
                encoder.embed(stretches.stream().map(Stretch::stems).toList());
        put(vectors.titles().near(embedded, codes), stretches, features, titles);
        put(vectors.quoted().near(embedded, codes), stretches, features, quoted);
    }

    private static void put(List<NamedVectors.Near> near, List<Stretch> stretches, List<float[]> features, int at) {
        for (int c = 0; c < near.size(); c++) {
            NamedVectors.Near each = near.get(c);
            float[] of = features.get(c);
            of[at] = each.cosine();
            of[at + 1] = each.lead();
            of[at + 2] = each.rank();
            of[at + 3] = each.stretch() < 0 ? 0 : stretches.get(each.stretch()).words();
        }
    }
}
