package io.baigong.journal.audit;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Hashes and proofs of RFC 6962, section 2.1. All proofs are checked here, and made by {@link StoredTree}. */
public final class MerkleTree {
    private static final byte[] NOTHING = new byte[0];

    private MerkleTree() {}

    /** Of a leaf's bytes. */
    public static byte[] leafHash(byte[] leaf) {
        return Sha256.of(0, leaf, NOTHING);
    }

    static byte[] nodeHash(byte[] left, byte[] right) {
        return Sha256.of(1, left, right);
    }

    static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    /** Root of the tree with no leaves. */
    static byte[] emptyRoot() {
        return Sha256.digest().digest();
    }

    /**
     * Whether the proof shows that this leaf is number {@code index} of the first {@code size} (RFC 9162, 2.1.3.2).
     *
     * @param root of these {@code size} leaves
     */
    public static boolean includes(byte[] leafHash, long index, long size, List<byte[]> proof, byte[] root) {
        if (index < 0 || index >= size || wrongLength(proof)) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        byte[] hash = leafHash;
        for (byte[] step : proof) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = nodeHash(step, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = nodeHash(hash, step);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(hash, root);
    }

    /** Whether the proof shows that the first tree's leaves are the second's first ones (RFC 9162, 2.1.4.2). */
    public static boolean extendsTree(
            long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> proof) {
        if (first < 0 || first > second || wrongLength(proof)) {
            return false;
        }
        if (first == second) {
            return proof.isEmpty() && Arrays.equals(firstRoot, secondRoot);
        }
        if (first == 0) {
            return proof.isEmpty() && Arrays.equals(firstRoot, emptyRoot());
        }
        Iterator<byte[]> steps = proof.iterator();
        boolean complete = Long.bitCount(first) == 1;
        if (!complete && !steps.hasNext()) {
            return false;
        }
        byte[] start = complete ? firstRoot : steps.next();
        long fn = first - 1;
        long sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        byte[] ofFirst = start;
        byte[] ofSecond = start;
        while (steps.hasNext()) {
            byte[] step = steps.next();
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                ofFirst = nodeHash(step, ofFirst);
                ofSecond = nodeHash(step, ofSecond);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                ofSecond = nodeHash(ofSecond, step);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(ofFirst, firstRoot) && Arrays.equals(ofSecond, secondRoot);
    }

    private static boolean wrongLength(List<byte[]> proof) {
        return proof.stream().anyMatch(hash -> hash.length != Sha256.BYTES);
    }
}
