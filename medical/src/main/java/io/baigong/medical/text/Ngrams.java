package io.baigong.medical.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Character n-grams of folded texts, numbered as they come. Not thread-safe while it still {@link #learns}. */
public final class Ngrams {
    private final int longest;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** @param longest most characters of an n-gram */
    public Ngrams(int longest) {
        this.longest = longest;
    }

    /** How many different n-grams there are. */
    public int size() {
        return numbers.size();
    }

    /** Numbers of the n-grams of a folded text, in order, with repetitions; new ones are numbered. */
    public int[] learns(String folded) {
        return numbers(folded, true);
    }

    /** Numbers of the n-grams of a folded text that are known. */
    public int[] of(String folded) {
        return numbers(folded, false);
    }

    /** The number of one n-gram; -1 where it is not known. */
    int number(String ngram) {
        return numbers.getOrDefault(ngram, -1);
    }

    private int[] numbers(String folded, boolean learn) {
        var found = new ArrayList<Integer>(folded.length() * longest);
        for (String ngram : split(folded, longest)) {
            @Nullable Integer number = numbers.get(ngram);
            if (number == null && learn) {
                number = numbers.size();
                numbers.put(ngram, number);
            }
            if (number != null) {
                found.add(number);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** All n-grams of 1 to {@code longest} characters. */
    static List<String> split(String folded, int longest) {
        var ngrams = new ArrayList<String>(folded.length() * longest);
        for (int n = 1; n <= longest; n++) {
            for (int i = 0; i + n <= folded.length(); i++) {
                ngrams.add(folded.substring(i, i + n));
            }
        }
        return ngrams;
    }
}
