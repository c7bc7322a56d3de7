package io.baigong.manufacturing.defect.tile;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Pictures that may show one tile: the set has each in up to six lights, under numbers that lie close together. */
final class TileGroups {
    private static final Pattern NUMBERED = Pattern.compile("(?:.*/)?([^/]*?)(\\d{1,15})\\.[^./]*");

    /** Numbers of one tile differ by at most this from the next. */
    private static final long NEAR = 100;

    private TileGroups() {}

    /** For each name the index of the first of its group; a name without a number is a group of its own. */
    static int[] of(List<String> names) {
        record Numbered(int index, String series, long number) {}
        int[] first = IntStream.range(0, names.size()).toArray();
        List<Numbered> numbered = IntStream.range(0, names.size())
                .mapToObj(i -> {
                    Matcher matcher = NUMBERED.matcher(names.get(i));
                    return matcher.matches()
                            ? new Numbered(i, matcher.group(1), Long.parseLong(matcher.group(2)))
                            : new Numbered(i, "", -1);
                })
                .filter(each -> each.number >= 0)
                .sorted(Comparator.comparing(Numbered::series)
                        .thenComparingLong(Numbered::number)
                        .thenComparingInt(Numbered::index))
                .toList();
        for (int i = 1; i < numbered.size(); i++) {
            Numbered before = numbered.get(i - 1);
            Numbered each = numbered.get(i);
            if (each.series.equals(before.series) && each.number - before.number <= NEAR) {
                first[each.index] = first[before.index];
            }
        }
        return first;
    }
}
