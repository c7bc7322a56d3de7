package io.baigong.manufacturing.defect.data;

/** Which fold of a cross-validation a picture belongs to: by its name alone, so that it stays there. */
public final class Folds {
    private Folds() {}

    /** In [0, folds). */
    public static int of(String name, int folds) {
        int hash = name.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return Math.floorMod(hash ^ (hash >>> 16), folds);
    }
}
