package io.baigong.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static final int SIZE = 40;

    /** RFC 6962, section 2.1, word for word. */
    private static byte[] root(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return MerkleTree.emptyRoot();
        }
        if (leaves.size() == 1) {
            return MerkleTree.leafHash(leaves.getFirst());
        }
        int k = split(leaves.size());
        return MerkleTree.nodeHash(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    private static int split(int size) {
        int k = 1;
        while (2 * k < size) {
            k *= 2;
        }
        return k;
    }

    /** RFC 6962, section 2.1.1. */
    private static List<byte[]> path(int m, List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return new ArrayList<>();
        }
        int k = split(leaves.size());
        List<byte[]> left = leaves.subList(0, k);
        List<byte[]> right = leaves.subList(k, leaves.size());
        List<byte[]> path = m < k ? path(m, left) : path(m - k, right);
        path.add(root(m < k ? right : left));
        return path;
    }

    /** RFC 6962, section 2.1.2. */
    private static List<byte[]> subproof(int m, List<byte[]> leaves, boolean whole) {
        if (m == leaves.size()) {
            return whole ? new ArrayList<>() : new ArrayList<>(List.of(root(leaves)));
        }
        int k = split(leaves.size());
        List<byte[]> left = leaves.subList(0, k);
        List<byte[]> right = leaves.subList(k, leaves.size());
        List<byte[]> proof = m <= k ? subproof(m, left, whole) : subproof(m - k, right, false);
        proof.add(root(m <= k ? right : left));
        return proof;
    }

    static List<byte[]> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("leaf " + i).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** From the test vectors of Certificate Transparency (certificate-transparency-go, merkletree). */
    @Test
    void rootsAreThoseOfCertificateTransparency() {
        HexFormat hex = HexFormat.of();
        List<byte[]> inputs = List.of(
                hex.parseHex(""),
                hex.parseHex("00"),
                hex.parseHex("10"),
                hex.parseHex("2021"),
                hex.parseHex("3031"),
                hex.parseHex("40414243"),
                hex.parseHex("5051525354555657"),
                hex.parseHex("606162636465666768696a6b6c6d6e6f"));
        var frontier = new Frontier();
        assertThat(hex.formatHex(frontier.root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        List<String> roots = new ArrayList<>();
        for (byte[] input : inputs) {
            frontier.add(MerkleTree.leafHash(input), (level, number, hash) -> {});
            roots.add(hex.formatHex(frontier.root()));
        }
        assertThat(roots)
                .startsWith(
                        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")
                .endsWith("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    @Test
    void everyProofHolds() {
        List<byte[]> all = leaves(SIZE);
        var frontier = new Frontier();
        for (int size = 1; size <= SIZE; size++) {
            List<byte[]> leaves = all.subList(0, size);
            frontier.add(MerkleTree.leafHash(all.get(size - 1)), (level, number, hash) -> {});
            byte[] root = root(leaves);
            assertThat(frontier.root()).isEqualTo(root);
            for (int i = 0; i < size; i++) {
                assertThat(MerkleTree.includes(MerkleTree.leafHash(leaves.get(i)), i, size, path(i, leaves), root))
                        .isTrue();
            }
            for (int first = 1; first <= size; first++) {
                assertThat(MerkleTree.extendsTree(
                                first, root(all.subList(0, first)), size, root, subproof(first, leaves, true)))
                        .isTrue();
            }
        }
    }

    /** Each bit of each byte of proof, hash, index and size; a step more, a step less. */
    @Test
    void noForgedInclusionHolds() {
        for (int size : List.of(1, 2, 3, 7, 8, 13)) {
            List<byte[]> leaves = leaves(size);
            byte[] root = root(leaves);
            for (int index = 0; index < size; index++) {
                byte[] hash = MerkleTree.leafHash(leaves.get(index));
                List<byte[]> proof = path(index, leaves);
                for (List<byte[]> forged : forgeries(proof)) {
                    assertThat(MerkleTree.includes(hash, index, size, forged, root))
                            .isFalse();
                }
                for (byte[] other : flips(hash)) {
                    assertThat(MerkleTree.includes(other, index, size, proof, root))
                            .isFalse();
                }
                for (byte[] other : flips(root)) {
                    assertThat(MerkleTree.includes(hash, index, size, proof, other))
                            .isFalse();
                }
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    assertThat(MerkleTree.includes(hash, index ^ (1L << bit), size, proof, root))
                            .isFalse();
                }
            }
        }
    }

    /** Another size makes another path, unless both trees have the leaf at the same place of the same shape. */
    @Test
    void aProofIsForItsSizeOnly() {
        List<byte[]> leaves = leaves(13);
        byte[] root = root(leaves);
        for (int index = 0; index < 13; index++) {
            List<byte[]> proof = path(index, leaves);
            for (int size = 0; size < 40; size++) {
                boolean holds = MerkleTree.includes(MerkleTree.leafHash(leaves.get(index)), index, size, proof, root);
                assertThat(holds && steps(index, size) != steps(index, 13)).isFalse();
            }
        }
    }

    private static int steps(int index, int size) {
        return index < size ? path(index, leaves(size)).size() : -1;
    }

    @Test
    void noForgedConsistencyHolds() {
        List<byte[]> leaves = leaves(13);
        byte[] root = root(leaves);
        for (int first = 1; first < 13; first++) {
            byte[] before = root(leaves.subList(0, first));
            List<byte[]> proof = subproof(first, leaves, true);
            for (List<byte[]> forged : forgeries(proof)) {
                assertThat(MerkleTree.extendsTree(first, before, 13, root, forged))
                        .isFalse();
            }
            for (byte[] other : flips(before)) {
                assertThat(MerkleTree.extendsTree(first, other, 13, root, proof))
                        .isFalse();
            }
            for (byte[] other : flips(root)) {
                assertThat(MerkleTree.extendsTree(first, before, 13, other, proof))
                        .isFalse();
            }
        }
        assertThat(MerkleTree.extendsTree(5, root, 4, root, List.of())).isFalse();
        assertThat(MerkleTree.extendsTree(4, before(4), 4, before(5), List.of()))
                .isFalse();
        assertThat(MerkleTree.extendsTree(0, before(1), 4, before(4), List.of()))
                .isFalse();
        assertThat(MerkleTree.extendsTree(0, MerkleTree.emptyRoot(), 4, before(4), List.of()))
                .isTrue();
    }

    private static byte[] before(int size) {
        return root(leaves(size));
    }

    private static List<List<byte[]>> forgeries(List<byte[]> proof) {
        List<List<byte[]>> forgeries = new ArrayList<>();
        for (int i = 0; i < proof.size(); i++) {
            for (byte[] flipped : flips(proof.get(i))) {
                List<byte[]> forged = new ArrayList<>(proof);
                forged.set(i, flipped);
                forgeries.add(forged);
            }
            List<byte[]> shorter = new ArrayList<>(proof);
            shorter.remove(i);
            forgeries.add(shorter);
            List<byte[]> cut = new ArrayList<>(proof);
            cut.set(i, new byte[31]);
            forgeries.add(cut);
        }
        for (int i = 0; i <= proof.size(); i++) {
            List<byte[]> longer = new ArrayList<>(proof);
            longer.add(i, new byte[32]);
            forgeries.add(longer);
        }
        return forgeries;
    }

    /** Each differs in one bit of one byte. */
    private static List<byte[]> flips(byte[] hash) {
        List<byte[]> flips = new ArrayList<>();
        for (int i = 0; i < hash.length; i++) {
            byte[] flipped = hash.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            flips.add(flipped);
        }
        return flips;
    }
}
