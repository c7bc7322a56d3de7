package io.baigong.compute.ocr;

/** Edits that turn what was read into what was written, per character written; runs of space count as one. */
final class CharacterErrorRate {
    private CharacterErrorRate() {}

    static double of(String written, String read) {
        String a = written.strip().replaceAll("\\s+", " ");
        String b = read.strip().replaceAll("\\s+", " ");
        var before = new int[b.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var now = new int[before.length];
            now[0] = i;
            for (int j = 1; j < now.length; j++) {
                int changed = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(changed, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return (double) before[b.length()] / a.length();
    }
}
