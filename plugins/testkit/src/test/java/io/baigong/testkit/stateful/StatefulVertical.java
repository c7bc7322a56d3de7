package io.baigong.testkit.stateful;

import io.baigong.testkit.planted.PlantedVertical;

/** Sound, but with a static field that changes. */
public final class StatefulVertical extends PlantedVertical {
    private static int made;

    public StatefulVertical() {
        made++;
    }

    /** How many there have been. */
    public static int made() {
        return made;
    }
}
