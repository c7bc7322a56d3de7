package io.baigong.tuning.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Texts of random words; every fourth is the text before it with as many last words changed as make a Jaccard similarity of 0.8. */
final class Planted {
    private Planted() {}

    static List<String> texts(int count, long seed) {
        var random = new SplittableRandom(seed);
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            if (i % 4 == 3) {
                texts.add(changed(texts.getLast(), random));
            } else {
                // 9 m + 2 words have 9 m shingles of 3; m changed words leave 8 m of them: 8 / (8 + 1 + 1).
                texts.add(String.join(" ", words(9 * (2 + random.nextInt(5)) + 2, random)));
            }
        }
        return texts;
    }

    private static List<String> words(int count, SplittableRandom random) {
        var words = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            words.add("w" + Integer.toString(random.nextInt(50_000), 36));
        }
        return words;
    }

    private static String changed(String text, SplittableRandom random) {
        List<String> words = new ArrayList<>(List.of(text.split(" ", -1)));
        int changed = (words.size() - 2) / 9;
        List<String> fresh = words(changed, random);
        for (int i = 0; i < changed; i++) {
            words.set(words.size() - changed + i, fresh.get(i) + "x");
        }
        return String.join(" ", words);
    }
}
