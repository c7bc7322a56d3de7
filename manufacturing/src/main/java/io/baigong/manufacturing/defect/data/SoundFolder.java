package io.baigong.manufacturing.defect.data;

import java.util.Set;

/** The folder of sound parts in a set of pictures in a folder a class. */
public final class SoundFolder {
    /** What it may be called. */
    public static final Set<String> NAMES = Set.of("sound", "good", "free");

    private SoundFolder() {}

    /** Whether a class is that of sound parts. */
    public static boolean isNamed(String label) {
        return NAMES.contains(label);
    }
}
