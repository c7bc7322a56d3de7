package io.baigong.medical.term;

import io.baigong.medical.text.NgramIndex;
import io.baigong.medical.text.Translation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the names that a term may mean among all names of a list, and describes each by numbers. */
final class TermCandidates {
    /** Of each kind of search for the whole term, and for a part of it. */
    private static final int MOST_WHOLE = 40;

    private static final int MOST_PART = 15;
    private static final int VOTERS = 20;

    /** How many candidates are looked at a second time. */
    private static final int MOST_SECOND = 12;

    /** From this first answer on a name counts as taken when a lesser one is looked at. */
    private static final float TAKEN = 0.3f;

    private final TermMemory memory;
    private final TermMemory.Translations translations;

    TermCandidates(TermMemory memory) {
        this.memory = memory;
        translations = memory.translations();
    }

    /** One search with one part of the term. */
    private final class Search {
        final String part;
        final NgramIndex.Query titleQuery;
        final float[] titles;
        final Translation.Scores translated;
        final Map<Integer, float[]> mentions = new HashMap<>();
        final Map<Integer, Float> votes = new LinkedHashMap<>();
        final Map<String, Float> categories = new HashMap<>();
        final Map<Integer, Float> within = new HashMap<>();
        final Map<Integer, Integer> titleRanks = new HashMap<>();
        final Map<Integer, Integer> translationRanks = new HashMap<>();

        Search(String part, boolean whole, int excluded) {
            this.part = part;
            int most = whole ? MOST_WHOLE : MOST_PART;
            titleQuery = memory.titles.query(part);
            titles = memory.titles.cosines(titleQuery);
            translated = translations.titles().given(part);
            rank(NgramIndex.best(titles, most), titleRanks);
            float[] likely = new float[translated.mean().length];
            for (int i = 0; i < likely.length; i++) {
                likely[i] = translated.mean()[i] + translated.explained()[i] + 20;
            }
            rank(NgramIndex.best(likely, most), translationRanks);
            float[] cosines = memory.written.cosines(memory.written.query(part));
            float all = 0;
            int voters = 0;
            for (int m : NgramIndex.best(cosines, 2 * most)) {
                TermMemory.Mention mention = memory.mentions.get(m);
                if (mention.pair() == excluded) {
                    continue;
                }
                float near = cosines[m];
                float vote = near * near * near;
                boolean contained = mention.folded().length() > 1 && part.contains(mention.folded());
                for (int name : mention.names()) {
                    float[] best = mentions.computeIfAbsent(name, k -> new float[2]);
                    if (near > best[0]) {
                        best[1] = best[0];
                        best[0] = near;
                    } else if (near > best[1]) {
                        best[1] = near;
                    }
                    if (voters < VOTERS) {
                        votes.merge(name, vote, Float::sum);
                        categories.merge(category(name), vote, Float::sum);
                    }
                    if (contained && mention.names().size() == 1) {
                        within.merge(name, (float) mention.folded().length(), Math::max);
                    }
                }
                if (voters++ < VOTERS) {
                    all += vote;
                }
            }
            float sum = Math.max(all, 1e-6f);
            votes.replaceAll((name, vote) -> vote / sum);
            categories.replaceAll((category, vote) -> vote / sum);
        }

        private static void rank(int[] best, Map<Integer, Integer> ranks) {
            for (int i = 0; i < best.length; i++) {
                ranks.put(best[i], i);
            }
        }

        float mention(int name, int which) {
            float[] best = mentions.get(name);
            return best == null ? 0 : best[which];
        }
    }

    private String category(int name) {
        List<String> codes = memory.names.get(name).codes();
        String code = codes.isEmpty() ? "" : codes.getFirst();
        return code.length() > 4 ? code.substring(0, 4) : code;
    }

    /**
     * Candidates of a term.
     *
     * @param excluded a pair of the memory that counts as unknown, for the features of its own term; -1 for none
     */
    List<TermCandidate> of(Segments segments, int excluded) {
        var searches = new ArrayList<Search>();
        for (String part : segments.parts()) {
            searches.add(new Search(part, searches.isEmpty() || segments.parts().size() == 1, excluded));
        }
        var found = new LinkedHashMap<Integer, Integer>();
        for (Search search : searches) {
            search.titleRanks.keySet().forEach(name -> found.putIfAbsent(name, 0));
            search.translationRanks.keySet().forEach(name -> found.putIfAbsent(name, 0));
            search.mentions.keySet().forEach(name -> found.putIfAbsent(name, 0));
        }
        var candidates = new ArrayList<TermCandidate>();
        for (int name : found.keySet()) {
            candidates.add(candidate(name, segments, searches));
        }
        gaps(candidates, "title_cosine_part", "title_gap");
        gaps(candidates, "explained_part", "explained_gap");
        gaps(candidates, "mention_cosine_part", "mention_gap");
        gaps(candidates, "vote_part", "vote_gap");
        return candidates;
    }

    private static void gaps(List<TermCandidate> candidates, String of, String to) {
        int from = TermCandidate.FEATURES.indexOf(of);
        int into = TermCandidate.FEATURES.indexOf(to);
        var most = new HashMap<Integer, Float>();
        candidates.forEach(c -> most.merge(c.part(), c.features()[from], Math::max));
        candidates.forEach(c -> c.features()[into] = most.getOrDefault(c.part(), 0f) - c.features()[from]);
    }

    private TermCandidate candidate(int name, Segments segments, List<Search> searches) {
        TermMemory.StandardName standard = memory.names.get(name);
        String title = standard.folded();
        Search whole = searches.getFirst();
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < searches.size(); i++) {
            Search s = searches.get(i);
            double fit = s.titles[name]
                    + 1.5 * s.mention(name, 0)
                    + 0.2 * s.translated.explained()[name]
                    + 0.01 * (i == 0 ? 1 : 0);
            if (fit > most) {
                most = fit;
                best = i;
            }
        }
        Search part = searches.get(best);
        int given = memory.counts.given()[name];
        int besideOthers = memory.counts.besideOthers()[name];
        String all = segments.whole();
        int[] approaches = Wording.approaches(all, title);
        float[] f = {
            whole.titles[name],
            part.titles[name],
            whole.translated.mean()[name],
            part.translated.mean()[name],
            whole.translated.explained()[name],
            part.translated.explained()[name],
            part.translated.least()[name],
            translations.back().explained(title, all),
            translations.back().explained(title, part.part),
            whole.mention(name, 0),
            part.mention(name, 0),
            part.mention(name, 1),
            whole.votes.getOrDefault(name, 0f),
            part.votes.getOrDefault(name, 0f),
            part.categories.getOrDefault(category(name), 0f),
            (float) Math.log1p(given),
            given == 0 ? Float.NaN : (float) besideOthers / given,
            memory.titles.covered(name, whole.titleQuery),
            memory.titles.covered(name, part.titleQuery),
            memory.titles.covers(name, part.titleQuery),
            title.length(),
            all.length(),
            part.part.length(),
            segments.separated(),
            part.titleRanks.getOrDefault(name, 100),
            part.translationRanks.getOrDefault(name, 100),
            rank(part.votes, name),
            0,
            0,
            0,
            0,
            Wording.hint(segments.hints(), standard.codes()),
            standard.codes().isEmpty() ? 0 : standard.codes().getFirst().length(),
            Wording.sides(all, title),
            approaches[0],
            approaches[1],
            Wording.numbersAdded(all, title),
            title.equals(part.part) ? 1 : 0,
            whole.within.getOrDefault(name, 0f) / Math.max(1, all.length()),
            all.contains(title) ? (float) title.length() / all.length() : 0,
            (float) Wording.commonSubstring(all, title) / Math.max(1, title.length()),
            title.startsWith("未特指") || title.startsWith("其他") || title.contains("nec") ? 1 : 0,
            best == 0 ? 1 : 0
        };
        float[] features = Arrays.copyOf(f, TermCandidate.FEATURES.size());
        Arrays.fill(features, TermCandidate.FIRST, features.length, Float.NaN);
        return new TermCandidate(name, best, features);
    }

    /** The likeliest candidates of a first look, each described beside the others. */
    List<TermCandidate> beside(Segments segments, List<TermCandidate> candidates, float[] first) {
        int[] order = NgramIndex.best(first, MOST_SECOND);
        var second = new ArrayList<TermCandidate>();
        if (order.length == 0) {
            return second;
        }
        int top = candidates.get(order[0]).name();
        float sum = 0;
        for (int i : order) {
            sum += first[i];
        }
        var covered = new boolean[segments.whole().length()];
        for (int r = 0; r < order.length; r++) {
            TermCandidate c = candidates.get(order[r]);
            float part = 0;
            float nearest = 0;
            float firstOfNearest = 0;
            for (int q = 0; q < order.length; q++) {
                TermCandidate other = candidates.get(order[q]);
                if (q != r && other.part() == c.part()) {
                    part = Math.max(part, first[order[q]]);
                }
                if (q < r) {
                    float near = memory.titles.cosine(c.name(), other.name());
                    if (near > nearest) {
                        nearest = near;
                        firstOfNearest = first[order[q]];
                    }
                }
            }
            float[] f = c.features().clone();
            int together = memory.counts.together(c.name(), top);
            int k = TermCandidate.FIRST;
            f[k++] = first[order[r]];
            f[k++] = r;
            f[k++] = first[order[0]];
            f[k++] = sum;
            f[k++] = part;
            f[k++] = nearest;
            f[k++] = firstOfNearest;
            f[k++] = gain(segments.whole(), memory.names.get(c.name()).folded(), covered, first[order[r]] > TAKEN);
            f[k++] = ratio(together, memory.counts.given()[top]);
            f[k++] = ratio(together, memory.counts.given()[c.name()]);
            rival(f, k, segments, c, order.length < 2 ? -1 : r == 0 ? order[1] : order[0], candidates, first);
            second.add(new TermCandidate(c.name(), c.part(), f));
        }
        return second;
    }

    /** What sets a candidate apart from its strongest rival, and how well the term explains that. */
    private void rival(
            float[] f,
            int from,
            Segments segments,
            TermCandidate own,
            int rival,
            List<TermCandidate> candidates,
            float[] first) {
        if (rival < 0) {
            return;
        }
        TermCandidate other = candidates.get(rival);
        String title = memory.names.get(own.name()).folded();
        String against = memory.names.get(other.name()).folded();
        String term = segments.whole();
        String ownOnly = without(title, against);
        String rivalOnly = without(against, title);
        int k = from;
        f[k++] = ownOnly.length();
        f[k++] = translations.forward().explainedCharacters(term, ownOnly);
        f[k++] = rivalOnly.length();
        f[k++] = translations.forward().explainedCharacters(term, rivalOnly);
        f[k++] = without(term, against).length()
                - without(without(term, against), title).length();
        f[k++] = without(term, title).length()
                - without(without(term, title), against).length();
        f[k++] = memory.titles.cosine(own.name(), other.name());
        f[k] = first[rival];
    }

    private static String without(String text, String characters) {
        var left = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) < 0) {
                left.append(text.charAt(i));
            }
        }
        return left.toString();
    }

    private static float ratio(int part, int whole) {
        return whole <= 0 ? Float.NaN : (float) part / whole;
    }

    /** Share of the term's characters that the name has and none of the better names. */
    private static float gain(String term, String title, boolean[] covered, boolean taken) {
        int gained = 0;
        for (int i = 0; i < term.length(); i++) {
            if (!covered[i] && title.indexOf(term.charAt(i)) >= 0) {
                gained++;
                covered[i] = taken;
            }
        }
        return (float) gained / Math.max(1, term.length());
    }

    private static float rank(Map<Integer, Float> votes, int name) {
        Float own = votes.get(name);
        if (own == null) {
            return 100;
        }
        int rank = 0;
        for (float other : votes.values()) {
            rank += other > own ? 1 : 0;
        }
        return rank;
    }
}
