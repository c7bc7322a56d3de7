package io.baigong.medical.coding;

import io.baigong.spi.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What codes are called, as vectors. Immutable. */
final class NamedVectors {
    /** Cosine from which on a stretch of words says anything of a code. */
    private static final float LEAST = 0.3f;

    /** Cosine from which on, and difference to the nearest up to which, a stretch ranks a code. */
    private static final float RANKED = 0.5f;

    private static final float BEHIND = 0.3f;

    private final Map<String, int[]> rows;
    private final float[][] vectors;

    private NamedVectors(Map<String, int[]> rows, float[][] vectors) {
        this.rows = rows;
        this.vectors = vectors;
    }

    /** A name of a code. */
    record Name(String code, String words) {}

    static NamedVectors of(List<Name> names, TextEncoder encoder) {
        Map<String, List<Integer>> rows = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            rows.computeIfAbsent(names.get(i).code(), k -> new ArrayList<>()).add(i);
        }
        var fixed = new HashMap<String, int[]>();
        rows.forEach((code, list) ->
                fixed.put(code, list.stream().mapToInt(Integer::intValue).toArray()));
        return new NamedVectors(
                fixed, encoder.embed(names.stream().map(Name::words).toList()));
    }

    /**
     * How near a note comes to a code.
     *
     * @param cosine the greatest of any stretch with any name
     * @param lead the greatest by which a stretch is nearer to it than to any other code, below 0 where it never is the nearest
     * @param rank the least number of codes that are nearer to a stretch; {@link #UNRANKED} where none is near
     * @param stretch number of the nearest stretch; -1 for none
     */
    record Near(float cosine, float lead, int rank, int stretch) {
        static final int UNRANKED = 300;
    }

    /**
     * Compares stretches of a note with codes.
     *
     * @param stretches {@code [stretches, width]}
     */
    List<Near> near(float[][] stretches, List<String> codes) {
        var compared = new Comparison(codes);
        for (int s = 0; s < stretches.length; s++) {
            compared.add(s, stretches[s]);
        }
        return compared.near();
    }

    /** Names of some codes side by side, and what was nearest so far. */
    private final class Comparison {
        private final int codes;
        private final int[] first;

        /** {@code [width, names]}, so that the inner loop runs over names. */
        private final float[][] columns;

        private final float[] products;
        private final float[] own;
        private final float[] cosine;
        private final float[] lead;
        private final int[] rank;
        private final int[] stretch;

        Comparison(List<String> of) {
            codes = of.size();
            first = new int[codes + 1];
            for (int c = 0; c < codes; c++) {
                first[c + 1] = first[c] + rows.getOrDefault(of.get(c), new int[0]).length;
            }
            int width = vectors.length == 0 ? 0 : vectors[0].length;
            columns = new float[width][first[codes]];
            for (int c = 0; c < codes; c++) {
                int[] named = rows.getOrDefault(of.get(c), new int[0]);
                for (int n = 0; n < named.length; n++) {
                    for (int d = 0; d < width; d++) {
                        columns[d][first[c] + n] = vectors[named[n]][d];
                    }
                }
            }
            products = new float[first[codes]];
            own = new float[codes];
            cosine = new float[codes];
            Arrays.fill(cosine, -1);
            lead = new float[codes];
            Arrays.fill(lead, -2);
            rank = new int[codes];
            Arrays.fill(rank, Near.UNRANKED);
            stretch = new int[codes];
            Arrays.fill(stretch, -1);
        }

        void add(int number, float[] vector) {
            Arrays.fill(products, 0);
            for (int d = 0; d < columns.length; d++) {
                float by = vector[d];
                float[] column = columns[d];
                for (int n = 0; n < products.length; n++) {
                    products[n] += by * column[n];
                }
            }
            float most = -2;
            float next = -2;
            for (int c = 0; c < codes; c++) {
                float best = -2;
                for (int n = first[c]; n < first[c + 1]; n++) {
                    best = Math.max(best, products[n]);
                }
                own[c] = best;
                next = Math.max(next, Math.min(most, best));
                most = Math.max(most, best);
            }
            for (int c = 0; c < codes; c++) {
                if (own[c] >= LEAST) {
                    take(c, number, most, next);
                }
            }
        }

        private void take(int code, int number, float most, float next) {
            float here = own[code];
            if (here > cosine[code]) {
                cosine[code] = here;
                stretch[code] = number;
            }
            lead[code] = Math.max(lead[code], here - (here == most ? next : most));
            if (here > RANKED && here > most - BEHIND) {
                int nearer = 0;
                for (float other : own) {
                    nearer += other > here ? 1 : 0;
                }
                rank[code] = Math.min(rank[code], nearer);
            }
        }

        List<Near> near() {
            var near = new ArrayList<Near>(codes);
            for (int c = 0; c < codes; c++) {
                near.add(new Near(cosine[c], lead[c], rank[c], stretch[c]));
            }
            return near;
        }
    }
}
