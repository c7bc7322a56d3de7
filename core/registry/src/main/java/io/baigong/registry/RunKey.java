package io.baigong.registry;

import java.util.UUID;

/**
 * By what a run is given one of the versions that share a role: always the same one, in each replica, however often it asks. Roles
 * draw apart, so that the runs of one role's small share are not those of another's.
 */
public final class RunKey {
    /** No run in particular: it gets the version with the largest share. */
    public static final RunKey NONE = new RunKey(0);

    private final long bits;

    private RunKey(long bits) {
        this.bits = bits;
    }

    public static RunKey of(UUID run) {
        return new RunKey(run.getMostSignificantBits() ^ mixed(run.getLeastSignificantBits()));
    }

    /** In [0, 100), each as likely as the others. */
    int draw(String role) {
        return (int) Long.remainderUnsigned(mixed(bits + role.hashCode() * 0x9e3779b97f4a7c15L), 100);
    }

    /** SplitMix64's finaliser (Steele, Lea and Flood 2014, figure 17): ids of one moment differ in few bits. */
    private static long mixed(long z) {
        long mixed = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
