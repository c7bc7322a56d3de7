package io.baigong.registry.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many of a role's runs a version gets.
 *
 * @param number the version's; 0 for the model that ships
 * @param percent in [1, 100]; the shares of a role are 100 together
 */
public record Share(int number, int percent) {
    private static final int ALL = 100;

    public Share {
        if (percent < 1 || percent > ALL) {
            throw new IllegalArgumentException("a share is 1 to 100 per cent, not " + percent);
        }
    }

    /** One version gets all runs. */
    static List<Share> whole(int number) {
        return List.of(new Share(number, ALL));
    }

    /**
     * These shares, but with that for a version; what it takes or leaves is the largest other's. The largest comes first.
     *
     * @throws IllegalArgumentException for a share that is none
     * @throws RefusedException when the largest other has not so much to give, or there is no other to take the rest
     */
    static List<Share> with(List<Share> shares, int number, int percent) {
        var given = new Share(number, percent);
        var others = new ArrayList<>(
                shares.stream().filter(share -> share.number != number).toList());
        if (percent == ALL) {
            return whole(number);
        }
        if (others.isEmpty()) {
            throw new RefusedException(
                    "version " + number + " serves alone, and there is no other version to take the rest of the runs",
                    "Promote the other version, with the share that it shall have, or roll back.");
        }
        Share giving = others.removeFirst();
        int left = ALL - percent - others.stream().mapToInt(Share::percent).sum();
        if (left < 0) {
            throw new RefusedException(
                    "version " + giving.number + " has " + giving.percent + " % of the runs, and can't give so many",
                    "Choose a smaller share, or take shares of other versions back first.");
        }
        others.add(given);
        if (left > 0) {
            others.add(new Share(giving.number, left));
        }
        others.sort(Comparator.comparingInt(Share::percent).reversed().thenComparingInt(Share::number));
        return List.copyOf(others);
    }
}
