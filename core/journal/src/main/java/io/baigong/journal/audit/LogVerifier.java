package io.baigong.journal.audit;

import io.baigong.journal.audit.LogSource.Row;
import io.baigong.journal.audit.Tampering.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a whole log: each entry, the links between them, the tree, its signed head, and heads that were kept elsewhere.
 * Believes nothing but the public key and those heads. For one verification.
 */
public final class LogVerifier {
    private static final int BATCH = 4_096;
    private static final HexFormat HEX = HexFormat.of();

    /** Clocks of instances may differ by so much. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final LogSource source;
    private final VerifierKey key;
    private final LongConsumer progress;
    private final Frontier frontier = new Frontier();
    private final List<Node> nodes = new ArrayList<>();
    private final TreeMap<Long, Checkpoint> kept = new TreeMap<>();
    private final Search search = new Search();
    private Optional<Checkpoint> head = Optional.empty();
    private byte[] previous = new byte[Sha256.BYTES];
    private String logged = "";
    private long agreed;
    private @Nullable String broken;

    private LogVerifier(LogSource source, VerifierKey key, LongConsumer progress) {
        this.source = source;
        this.key = key;
        this.progress = progress;
    }

    /** A row with what is computed from it. */
    private record Read(Row row, Hash hash, @Nullable Leaf leaf) {}

    /** 32 bytes. */
    private static final class Hash {
        private final byte[] bytes;

        Hash(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private record Node(int level, long number, Hash hash) {}

    /**
     * Verifies.
     *
     * @param heads signed notes that were kept outside the log
     * @param progress is told how many entries were read
     */
    public static Verification verify(LogSource source, VerifierKey key, List<String> heads, LongConsumer progress)
            throws IOException {
        var verifier = new LogVerifier(source, key, progress);
        Optional<Tampering> found = Optional.ofNullable(verifier.run(heads));
        return new Verification(verifier.frontier.size(), verifier.head, found);
    }

    private @Nullable Tampering run(List<String> heads) throws IOException {
        try {
            head = Optional.of(Checkpoint.verified(source.head(), key));
        } catch (IllegalArgumentException e) {
            return new Tampering(Kind.FALSE_HEAD, 0, "the log's own head: " + e.getMessage());
        }
        for (String note : heads) {
            try {
                Checkpoint checkpoint = Checkpoint.verified(note, key);
                Checkpoint same = kept.put(checkpoint.size(), checkpoint);
                if (same != null && !same.equals(checkpoint)) {
                    return new Tampering(
                            Kind.FORKED, checkpoint.size(), "two heads of as many entries were signed that differ");
                }
            } catch (IllegalArgumentException e) {
                return new Tampering(Kind.FALSE_HEAD, 0, "a head that was kept elsewhere: " + e.getMessage());
            }
        }
        Tampering found = agrees();
        return found != null ? found : entries();
    }

    /** The rows after those that are looked at are read and computed meanwhile. */
    private @Nullable Tampering entries() throws IOException {
        try (var reader = Executors.newSingleThreadExecutor()) {
            List<Read> batch = done(reader.submit(this::read));
            while (!batch.isEmpty()) {
                Future<List<Read>> ahead = reader.submit(this::read);
                for (int i = 0; i < batch.size(); i++) {
                    Read next = i + 1 < batch.size() ? batch.get(i + 1) : first(done(ahead));
                    Tampering found = entry(batch.get(i), next);
                    if (found != null) {
                        return found;
                    }
                    if (search.begun()) {
                        return search.end(batch.subList(i, batch.size()), done(ahead));
                    }
                }
                progress.accept(frontier.size());
                batch = done(ahead);
            }
            return end();
        }
    }

    private static @Nullable Read first(List<Read> reads) {
        return reads.isEmpty() ? null : reads.getFirst();
    }

    private static List<Read> done(Future<List<Read>> reading) throws IOException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException known -> throw new IOException(known.getMessage(), known);
                case RuntimeException fault -> throw fault;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the verification was interrupted", e);
        }
    }

    /** The next rows, computed on all cores. After a row that breaks off there are none. */
    private List<Read> read() throws IOException {
        List<Row> rows = new ArrayList<>(BATCH);
        try {
            while (broken == null && rows.size() < BATCH) {
                Row row = source.next();
                if (row == null) {
                    break;
                }
                rows.add(row);
            }
        } catch (EOFException e) {
            broken = String.valueOf(e.getMessage());
        }
        return IntStream.range(0, rows.size())
                .parallel()
                .mapToObj(i -> compute(rows.get(i)))
                .toList();
    }

    private static Read compute(Row row) {
        if (row.withheld && row.hash != null) {
            return new Read(row, new Hash(row.hash), null);
        }
        Leaf leaf = null;
        try {
            leaf = Leaf.parse(row.leaf);
        } catch (IOException e) {
            // told where the row is looked at
        }
        return new Read(row, new Hash(MerkleTree.leafHash(row.leaf)), leaf);
    }

    private @Nullable Tampering entry(Read read, @Nullable Read next) {
        long seq = frontier.size();
        long size = head.orElseThrow().size();
        if (seq >= size) {
            return new Tampering(Kind.INSERTED, seq, "the signed head ends before it, at " + size + " entries");
        }
        if (read.row.withheld) {
            return read.hash.bytes.length == Sha256.BYTES
                    ? added(read)
                    : new Tampering(Kind.EDITED, seq, "it is withheld, and has no hash");
        }
        Leaf leaf = read.leaf;
        byte[] stored = read.row.hash;
        boolean same = stored == null || Arrays.equals(stored, read.hash.bytes);
        if (leaf == null) {
            return new Tampering(Kind.EDITED, seq, "it can't be read");
        }
        long number = read.row.columns == null ? leaf.seq() : read.row.columns.seq();
        if (number != seq) {
            search.begin(seq, number, size);
            return null;
        }
        String earlier = earlier(leaf);
        if (!same) {
            return new Tampering(
                    earlier == null ? Kind.EDITED : Kind.BACK_DATED,
                    seq,
                    "its hash is " + HEX.formatHex(read.hash.bytes) + ", and that written with it is "
                            + HEX.formatHex(stored));
        }
        String column = read.row.columns == null ? null : read.row.columns.differs(leaf);
        if (column != null) {
            return new Tampering(Kind.EDITED, seq, "the column " + column + " says other than the entry");
        }
        if (!leaf.previous().equals(HEX.formatHex(previous))) {
            return link(seq, read, next);
        }
        if (earlier != null) {
            return new Tampering(Kind.BACK_DATED, seq, earlier);
        }
        logged = leaf.logged();
        return added(read);
    }

    private @Nullable Tampering added(Read read) {
        frontier.add(read.hash.bytes, (level, count, hash) -> nodes.add(new Node(level, count, new Hash(hash))));
        previous = read.hash.bytes;
        return agrees();
    }

    /** The entry does not link to the one before: which of the two was changed? The next link tells. */
    private static Tampering link(long seq, Read read, @Nullable Read next) {
        boolean holds =
                next != null && next.leaf != null && next.leaf.previous().equals(HEX.formatHex(read.hash.bytes));
        long first = seq > 0 && holds ? seq - 1 : seq;
        return new Tampering(
                Kind.EDITED,
                first,
                "entry " + seq + " links to another entry before it than entry " + (seq - 1) + " is");
    }

    private @Nullable String earlier(Leaf leaf) {
        if (leaf.logged().compareTo(logged) < 0) {
            return "it was logged at " + leaf.logged() + ", before the entry before it, at " + logged;
        }
        if (leaf.time().compareTo(leaf.logged()) > 0) {
            try {
                if (Instant.parse(leaf.time())
                        .isAfter(Instant.parse(leaf.logged()).plus(SKEW))) {
                    return "it was logged at " + leaf.logged() + ", before it happened, at " + leaf.time();
                }
            } catch (DateTimeException e) {
                return "its times can't be read";
            }
        }
        return null;
    }

    /** Whether a head that was kept elsewhere has the root that so many entries have here. */
    private @Nullable Tampering agrees() {
        Checkpoint checkpoint = kept.get(frontier.size());
        if (checkpoint != null) {
            if (!MerkleTree.same(checkpoint.rootHash(), frontier.root())) {
                return new Tampering(
                        Kind.FORKED,
                        agreed,
                        "a head kept elsewhere of " + checkpoint.size()
                                + " entries has another root; heads agree up to " + agreed + " entries");
            }
            agreed = frontier.size();
        }
        return null;
    }

    private @Nullable Tampering end() throws IOException {
        long count = frontier.size();
        Checkpoint signed = head.orElseThrow();
        if (broken != null) {
            return new Tampering(Kind.EDITED, count, broken);
        }
        if (count < signed.size()) {
            return new Tampering(
                    Kind.DELETED,
                    count,
                    "it and what follows is missing; the signed head says " + signed.size() + " entries");
        }
        boolean root = MerkleTree.same(signed.rootHash(), frontier.root());
        for (Node node : source.hasNodes() ? nodes : List.<Node>of()) {
            byte[] stored = source.node(node.level, node.number);
            if (stored == null || !Arrays.equals(stored, node.hash.bytes)) {
                long first = node.number << (StoredTree.HEIGHT * node.level);
                return new Tampering(
                        Kind.EDITED,
                        first,
                        "the stored hash of the entries from it on, node " + node.number + " of level " + node.level
                                + ", is not theirs");
            }
        }
        if (!root) {
            return new Tampering(
                    Kind.FORKED,
                    agreed,
                    "the entries do not have the root that was signed, though they agree with each other: the log was"
                            + " written anew from an entry after " + agreed);
        }
        Map.Entry<Long, Checkpoint> newest = kept.lastEntry();
        if (newest != null && newest.getKey() > count) {
            return new Tampering(
                    Kind.TRUNCATED,
                    count,
                    "a head kept elsewhere says " + newest.getKey() + " entries; here are " + count
                            + ", under an older head");
        }
        String fault = source.fault();
        return fault == null ? null : new Tampering(Kind.EDITED, count, fault);
    }

    /** After a wrong number: looks whether the right one comes later. */
    private final class Search {
        private long wanted = -1;
        private long found;
        private long size;

        void begin(long seq, long number, long signed) {
            wanted = seq;
            found = number;
            size = signed;
        }

        boolean begun() {
            return wanted >= 0;
        }

        Tampering end(List<Read> rest, List<Read> after) throws IOException {
            long lines = wanted;
            boolean later = false;
            int again = 0;
            List<Read> batch = rest;
            List<Read> following = after;
            while (!batch.isEmpty()) {
                for (Read read : batch) {
                    Leaf leaf = read.leaf;
                    lines++;
                    later |= leaf != null && leaf.seq() == wanted;
                    again += leaf != null && leaf.seq() == found ? 1 : 0;
                }
                batch = following;
                following = read();
            }
            if (lines == size && !later) {
                return new Tampering(Kind.EDITED, wanted, "it says that it is number " + found);
            }
            if (lines > size || found < wanted || found >= size || again > 1) {
                return new Tampering(
                        Kind.INSERTED, wanted, "an entry that says it is number " + found + " stands in its place");
            }
            return later
                    ? new Tampering(Kind.REORDERED, wanted, "it comes later; number " + found + " stands in its place")
                    : new Tampering(Kind.DELETED, wanted, "it is missing; number " + found + " follows");
        }
    }
}
