package io.baigong.journal.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree in the database. Of its nodes only the leaves' hashes and the roots of complete subtrees of 256, 65,536, … leaves
 * are stored; a proof reads two runs of at most 256 hashes for each such level. For one thread and one proof or two.
 */
public final class StoredTree {
    /** Levels of the tree from one stored level to the next. */
    static final int HEIGHT = 8;

    private static final int WIDTH = 1 << HEIGHT;

    /** A node is missing. */
    static final class HoleException extends SQLException {
        HoleException(String message) {
            super(message);
        }
    }

    private final Connection connection;
    private final Map<Run, byte[][]> runs = new HashMap<>();

    /** Hashes of a stored level that lie under one node of the level above. */
    private record Run(int level, long number) {}

    public StoredTree(Connection connection) {
        this.connection = connection;
    }

    /** Root of the first {@code size} leaves. */
    public byte[] root(long size) throws SQLException {
        return size == 0 ? MerkleTree.emptyRoot() : range(0, size);
    }

    /** That leaf {@code index} is among the first {@code size}: PATH of RFC 6962, from the leaf to the root. */
    public List<byte[]> inclusion(long index, long size) throws SQLException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("there is no leaf " + index + " among " + size);
        }
        List<byte[]> proof = new ArrayList<>();
        long begin = 0;
        long end = size;
        while (end - begin > 1) {
            long middle = begin + split(end - begin);
            if (index < middle) {
                proof.add(range(middle, end));
                end = middle;
            } else {
                proof.add(range(begin, middle));
                begin = middle;
            }
        }
        return proof.reversed();
    }

    /** That the first {@code first} leaves are the first ones of {@code second} too: PROOF of RFC 6962. */
    public List<byte[]> consistency(long first, long second) throws SQLException {
        if (first < 0 || first > second) {
            throw new IllegalArgumentException("a tree of " + first + " leaves does not grow to one of " + second);
        }
        List<byte[]> proof = new ArrayList<>();
        if (first == 0 || first == second) {
            return proof;
        }
        long begin = 0;
        long end = second;
        while (first != end) {
            long middle = begin + split(end - begin);
            if (first <= middle) {
                proof.add(range(middle, end));
                end = middle;
            } else {
                proof.add(range(begin, middle));
                begin = middle;
            }
        }
        if (begin != 0) {
            proof.add(range(begin, end));
        }
        return proof.reversed();
    }

    /** To go on from. */
    Frontier frontier(long size) throws SQLException {
        List<byte[]> peaks = new ArrayList<>();
        long begin = 0;
        for (long rest = size; rest > 0; ) {
            long complete = Long.highestOneBit(rest);
            peaks.add(range(begin, begin + complete));
            begin += complete;
            rest -= complete;
        }
        return new Frontier(size, peaks);
    }

    /** The largest power of two below {@code size}. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    /** Root of the leaves in {@code [begin, end)}, of which {@code begin} is a multiple of the largest power of two within. */
    private byte[] range(long begin, long end) throws SQLException {
        long size = end - begin;
        if (Long.bitCount(size) != 1) {
            long middle = begin + split(size);
            return MerkleTree.nodeHash(range(begin, middle), range(middle, end));
        }
        int height = Long.numberOfTrailingZeros(size);
        int level = height / HEIGHT;
        int count = 1 << (height % HEIGHT);
        long first = begin >> (level * HEIGHT);
        byte[][] run = run(new Run(level, first / WIDTH));
        byte[][] hashes = new byte[count][];
        for (int i = 0; i < count; i++) {
            int at = (int) (first % WIDTH) + i;
            if (run[at] == null) {
                throw new HoleException("the audit log lacks node " + (first + i) + " of level " + level);
            }
            hashes[i] = run[at];
        }
        for (; count > 1; count /= 2) {
            for (int i = 0; i < count / 2; i++) {
                hashes[i] = MerkleTree.nodeHash(hashes[2 * i], hashes[2 * i + 1]);
            }
        }
        return hashes[0];
    }

    private byte[][] run(Run run) throws SQLException {
        byte[][] known = runs.get(run);
        if (known != null) {
            return known;
        }
        byte[][] hashes = new byte[WIDTH][];
        String sql = run.level == 0
                ? "select seq, hash from audit_entry where seq between ? and ?"
                : "select number, hash from audit_node where number between ? and ? and level = ?";
        try (var query = connection.prepareStatement(sql)) {
            long first = run.number * WIDTH;
            query.setLong(1, first);
            query.setLong(2, first + WIDTH - 1);
            if (run.level > 0) {
                query.setInt(3, run.level);
            }
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    hashes[(int) (rows.getLong(1) - first)] = rows.getBytes(2);
                }
            }
        }
        runs.put(run, hashes);
        return hashes;
    }
}
