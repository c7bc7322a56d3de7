/**
 * The tamper-evident audit log: a Merkle tree (RFC 6962) in PostgreSQL with signed heads (C2SP tlog-checkpoint).
 *
 * <p>An entry is written in the transaction of what it tells of, into an outbox; the {@link
 * io.baigong.journal.audit.Sequencer} gives it its number, and only then an answer leaves. The format stands in
 * docs/audit-format.md.
 */
@NullMarked
package io.baigong.journal.audit;

import org.jspecify.annotations.NullMarked;
