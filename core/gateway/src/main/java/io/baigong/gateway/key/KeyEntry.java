package io.baigong.gateway.key;

import io.baigong.journal.Actor;
import io.baigong.journal.Storable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code gateway_key}. */
@Entity
@Table(name = "gateway_key")
class KeyEntry {
    @Id
    UUID id;

    String name;

    @Column(name = "secret_sha256")
    byte[] secretSha256;

    @Column(name = "requests_per_minute")
    @Nullable
    Integer requestsPerMinute;

    @Column(name = "concurrent_requests")
    @Nullable
    Integer concurrentRequests;

    @Column(name = "tokens_per_day")
    @Nullable
    Long tokensPerDay;

    @Column(name = "money_per_day")
    @Nullable
    BigDecimal moneyPerDay;

    boolean trains;

    String tenant;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    /** For Hibernate, which then fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected KeyEntry() {}

    KeyEntry(UUID id, byte[] secretSha256, ApiKey.Wanted wanted, Actor by, Instant createdAt) {
        this.id = id;
        this.secretSha256 = secretSha256;
        this.name = Storable.text(wanted.name());
        this.requestsPerMinute = wanted.requestsPerMinute().orElse(null);
        this.concurrentRequests = wanted.concurrentRequests().orElse(null);
        this.tokensPerDay = wanted.tokensPerDay().orElse(null);
        this.moneyPerDay = wanted.moneyPerDay().orElse(null);
        this.trains = wanted.trains();
        this.tenant = by.tenant();
        this.createdBy = by.name();
        this.createdAt = createdAt;
    }

    ApiKey key() {
        return new ApiKey(
                id,
                tenant,
                name,
                Optional.ofNullable(requestsPerMinute),
                Optional.ofNullable(concurrentRequests),
                Optional.ofNullable(tokensPerDay),
                Optional.ofNullable(moneyPerDay)
                        .map(money -> new BigDecimal(money.stripTrailingZeros().toPlainString())),
                trains,
                createdBy,
                createdAt,
                Optional.ofNullable(revokedAt));
    }
}
