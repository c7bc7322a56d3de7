package io.baigong.tuning;

import io.baigong.spi.EarlyStopping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/** Which groups of examples a training does not learn from. */
final class HeldOut {
    private HeldOut() {}

    /**
     * A share of the groups, chosen by the seed; at least one, and none where nothing is to be held out.
     *
     * <p>Throws {@link IllegalArgumentException} when none would be left to learn from.
     */
    static <T> Set<T> of(EarlyStopping stopping, Collection<T> groups, long seed) {
        if (stopping.heldOut() == 0) {
            return Set.of();
        }
        var shuffled = new ArrayList<>(new LinkedHashSet<>(groups));
        if (shuffled.size() < 2) {
            throw new IllegalArgumentException(
                    "a training that stops early holds a group of examples out, and there is only " + shuffled.size());
        }
        Collections.shuffle(shuffled, new Random(seed));
        int count = Math.max(1, (int) Math.round(stopping.heldOut() * shuffled.size()));
        return new LinkedHashSet<>(shuffled.subList(0, count));
    }
}
