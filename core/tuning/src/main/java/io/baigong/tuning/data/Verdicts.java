package io.baigong.tuning.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was decided about each line: 10 bytes each. Not thread-safe while it is written. */
@SuppressWarnings("EnumOrdinal") // the numbers never leave this object
final class Verdicts {
    private static final byte KEPT = 0;
    private static final byte BLANK = -1;
    private static final int MOST_LABELS = 10_000;

    private static final DropReason[] REASONS = DropReason.values();
    private static final Language[] LANGUAGES = Language.values();

    private byte[] fates = new byte[1 << 12];
    private byte[] languages = new byte[1 << 12];
    private final Ints originals = new Ints();
    private final Ints labels = new Ints();
    private final Map<String, Integer> labelNumbers = new LinkedHashMap<>();

    int size() {
        return labels.size();
    }

    void addBlank() throws Unusable {
        add(BLANK, null, -1, null);
    }

    /**
     * Adds the next line's.
     *
     * @param original the line of which it is a duplicate, or -1
     */
    void add(@Nullable DropReason reason, @Nullable Language language, int original, @Nullable String label)
            throws Unusable {
        add(reason == null ? KEPT : (byte) (reason.ordinal() + 1), language, original, label);
    }

    private void add(byte fate, @Nullable Language language, int original, @Nullable String label) throws Unusable {
        int line = size();
        if (line == fates.length) {
            fates = Arrays.copyOf(fates, line + line / 2);
            languages = Arrays.copyOf(languages, fates.length);
        }
        fates[line] = fate;
        languages[line] = (byte) (language == null ? Language.OTHER : language).ordinal();
        originals.add(original);
        labels.add(fate == KEPT && label != null ? number(label) : -1);
    }

    private int number(String label) throws Unusable {
        Integer number = labelNumbers.get(label);
        if (number == null) {
            if (labelNumbers.size() == MOST_LABELS) {
                throw new Unusable("there are more than " + MOST_LABELS
                        + " labels; is the label's field (--label-field) one that differs for each document?");
            }
            number = labelNumbers.size();
            labelNumbers.put(label, number);
        }
        return number;
    }

    void drop(int line, DropReason reason) {
        fates[line] = (byte) (reason.ordinal() + 1);
    }

    boolean kept(int line) {
        return fates[line] == KEPT;
    }

    @Nullable
    DropReason reason(int line) {
        return fates[line] > 0 ? REASONS[fates[line] - 1] : null;
    }

    Language language(int line) {
        return LANGUAGES[languages[line]];
    }

    int original(int line) {
        return originals.get(line);
    }

    int label(int line) {
        return labels.get(line);
    }

    /** In the order of their numbers. */
    String[] labels() {
        return labelNumbers.keySet().toArray(String[]::new);
    }

    /** The lines that are kept, in order. */
    int[] keptLines() {
        int[] kept = new int[size()];
        int count = 0;
        for (int line = 0; line < kept.length; line++) {
            if (kept(line)) {
                kept[count++] = line;
            }
        }
        return Arrays.copyOf(kept, count);
    }
}
