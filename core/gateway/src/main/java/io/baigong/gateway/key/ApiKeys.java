package io.baigong.gateway.key;

import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The keys, in the database. Thread-safe; each call is one transaction. */
@ApplicationScoped
public class ApiKeys {
    /** How each secret begins, so that a leaked one is recognised. */
    public static final String PREFIX = "bg-";

    private static final int SECRET_BYTES = 20;

    private final EntityManager entities;
    private final AuditLog audit;
    private final SecureRandom random = new SecureRandom();

    public ApiKeys(EntityManager entities, AuditLog audit) {
        this.entities = entities;
        this.audit = audit;
    }

    /** Whether a text has the form of a secret. */
    static boolean isSecret(String text) {
        return text.startsWith(PREFIX) && text.length() == PREFIX.length() + 2 * SECRET_BYTES;
    }

    /** Makes a key. It is on disk when this returns. */
    public ApiKey.Issued issue(ApiKey.Wanted wanted, Actor by) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + HexFormat.of().formatHex(bytes);
        var entry = new KeyEntry(
                Journal.newId(), sha256(secret), wanted, by, Instant.now().truncatedTo(ChronoUnit.MICROS));
        return audit.inTransaction(entries -> {
            entities.persist(entry);
            entries.accept(AuditEntry.of(
                    AuditKind.KEY_ISSUED,
                    by,
                    entry.key().id().toString(),
                    Map.of("name", wanted.name(), "trains", String.valueOf(wanted.trains()))));
            return new ApiKey.Issued(entry.key(), secret);
        });
    }

    /** All keys, newest first, revoked ones too. */
    @Transactional
    public List<ApiKey> all() {
        return entities
                .createQuery("from KeyEntry order by createdAt desc, id desc", KeyEntry.class)
                .getResultList()
                .stream()
                .map(KeyEntry::key)
                .toList();
    }

    /** Ends a key for good. Empty when there is no such key. */
    public Optional<ApiKey> revoke(UUID id, Actor by) {
        return audit.inTransaction(entries -> Optional.ofNullable(entities.find(KeyEntry.class, id))
                .map(entry -> {
                    if (entry.revokedAt == null) {
                        entry.revokedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
                        entries.accept(AuditEntry.of(
                                AuditKind.KEY_REVOKED,
                                by,
                                id.toString(),
                                Map.of("name", entry.key().name())));
                    }
                    return entry.key();
                }));
    }

    /** The key with that secret, unless it was revoked. */
    @Transactional
    public Optional<ApiKey> find(String secret) {
        return entities.createQuery("from KeyEntry where secretSha256 = :digest and revokedAt is null", KeyEntry.class)
                .setParameter("digest", sha256(secret))
                .getResultStream()
                .findFirst()
                .map(KeyEntry::key);
    }

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
