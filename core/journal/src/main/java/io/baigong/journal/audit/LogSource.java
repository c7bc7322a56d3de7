package io.baigong.journal.audit;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A log that is to be verified, wherever it lies. For one thread and one verification. */
public interface LogSource extends AutoCloseable {
    /** Its newest head, a signed note; empty if it has none. */
    String head() throws IOException;

    /** The next row as it lies there; null after the last. */
    @Nullable
    Row next() throws IOException;

    /** Stored hash of a complete subtree of 256^level leaves; null if there is none. */
    default byte @Nullable [] node(int level, long number) throws IOException {
        return null;
    }

    /** Whether subtrees are stored. */
    default boolean hasNodes() {
        return false;
    }

    /** What else is wrong with it, or null. */
    default @Nullable String fault() throws IOException {
        return null;
    }

    @Override
    void close() throws IOException;

    /** A row, of which nothing is believed yet. */
    final class Row {
        final byte[] leaf;
        final byte @Nullable [] hash;
        final @Nullable Columns columns;
        final boolean withheld;

        private Row(byte[] leaf, byte @Nullable [] hash, @Nullable Columns columns, boolean withheld) {
            this.leaf = leaf;
            this.hash = hash;
            this.columns = columns;
            this.withheld = withheld;
        }

        /**
         * A row.
         *
         * @param hash that is stored beside it
         * @param columns that are stored beside it
         */
        Row(byte[] leaf, byte @Nullable [] hash, @Nullable Columns columns) {
            this(leaf, hash, columns, false);
        }

        /** A row of another tenant than the log is for, of which only the hash is told. */
        static Row withheld(byte[] hash) {
            return new Row(new byte[0], hash, null, true);
        }
    }

    /** What the database keeps beside a leaf, for searching. */
    record Columns(long seq, UUID id, String tenant, String kind, String actor, String logged, List<String> terms) {
        /** Name of the first that says something other than the leaf. */
        @Nullable
        String differs(Leaf leaf) {
            if (seq != leaf.seq()) {
                return "seq";
            } else if (!id.equals(leaf.id())) {
                return "id";
            } else if (!tenant.equals(leaf.tenant())) {
                return "tenant";
            } else if (!kind.equals(leaf.kind())) {
                return "kind";
            } else if (!actor.equals(leaf.actor())) {
                return "actor";
            } else if (!logged.equals(leaf.logged())) {
                return "logged";
            }
            return terms.equals(leaf.terms()) ? null : "terms";
        }
    }
}
