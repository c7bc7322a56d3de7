package io.baigong.journal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.baigong.journal.RunRecord.Abstained;
import io.baigong.journal.RunRecord.Answered;
import io.baigong.journal.RunRecord.Ending;
import io.baigong.journal.RunRecord.Failed;
import io.baigong.spi.Evidence;
import io.baigong.spi.ModelVersion;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code run}. */
@Entity
@Immutable
@Table(name = "run")
class RunEntry {
    static final TypeReference<List<Evidence>> EVIDENCE = new TypeReference<>() {};
    static final TypeReference<List<ModelVersion>> MODELS = new TypeReference<>() {};
    static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};
    static final TypeReference<Failed> FAILED = new TypeReference<>() {};

    @Id
    UUID id;

    String task;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    RunStatus status;

    String name;

    @Nullable
    String label;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String output;

    @JdbcTypeCode(SqlTypes.JSON)
    String evidence;

    @Column(name = "dropped_evidence")
    int droppedEvidence;

    @Nullable
    Double confidence;

    @Nullable
    Double stake;

    @Nullable
    String reason;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String failure;

    @JdbcTypeCode(SqlTypes.JSON)
    String models;

    @Column(name = "input_sha256")
    String inputSha256;

    @JdbcTypeCode(SqlTypes.JSON)
    String fields;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "duration_millis")
    long durationMillis;

    String tenant;

    String caller;

    /** Its name and caller in small letters, as the database writes them. */
    @Column(insertable = false, updatable = false)
    @Nullable
    String search;

    @Nullable
    String purpose;

    @Nullable
    String correlation;

    @ElementCollection
    @CollectionTable(name = "run_attachment", joinColumns = @JoinColumn(name = "run_id"))
    @OrderColumn(name = "position")
    List<AttachmentEntry> attachments = new ArrayList<>();

    /** A row of {@code run_attachment}. */
    @Embeddable
    record AttachmentEntry(
            String component,
            String name,
            @Column(name = "media_type") String mediaType,
            String sha256,
            long bytes) {}

    /** For Hibernate, which then fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected RunEntry() {}

    @SuppressWarnings("NullAway.Init")
    RunEntry(RunRecord run) {
        id = run.id();
        task = run.task();
        status = run.ending().status();
        name = Storable.text(run.name());
        label = run.label() == null ? null : Storable.text(run.label());
        List<Evidence> found = List.of();
        switch (run.ending()) {
            case Answered answered -> {
                output = answered.output();
                found = answered.evidence();
                droppedEvidence = answered.droppedEvidence();
                confidence = answered.confidence();
                stake = answered.stake();
            }
            case Abstained abstained -> reason = Storable.text(abstained.reason());
            case Failed failed -> failure = JournalJson.write(failed, FAILED);
        }
        evidence = JournalJson.write(found, EVIDENCE);
        models = JournalJson.write(run.models(), MODELS);
        inputSha256 = run.inputSha256();
        fields = JournalJson.write(run.fields(), FIELDS);
        startedAt = run.startedAt().truncatedTo(ChronoUnit.MICROS);
        durationMillis = run.duration().toMillis();
        Actor asking = run.caller().storable();
        tenant = asking.tenant();
        caller = asking.name();
        Occasion occasion = run.occasion().storable();
        purpose = occasion.purpose();
        correlation = occasion.correlation();
        for (StoredAttachment a : run.attachments()) {
            attachments.add(
                    new AttachmentEntry(a.component(), Storable.text(a.name()), a.mediaType(), a.sha256(), a.bytes()));
        }
    }

    RunRecord record() {
        return new RunRecord(
                id,
                task,
                ending(),
                JournalJson.read(models, MODELS),
                inputSha256,
                attachments.stream()
                        .map(a -> new StoredAttachment(a.component(), a.name(), a.mediaType(), a.sha256(), a.bytes()))
                        .toList(),
                JournalJson.read(fields, FIELDS),
                startedAt,
                Duration.ofMillis(durationMillis),
                new Actor(tenant, caller),
                new Occasion(purpose, correlation),
                label);
    }

    private Ending ending() {
        return switch (status) {
            case ANSWERED ->
                new Answered(
                        Objects.requireNonNull(output),
                        JournalJson.read(evidence, EVIDENCE),
                        droppedEvidence,
                        Objects.requireNonNull(confidence),
                        stake);
            case ABSTAINED -> new Abstained(Objects.requireNonNull(reason));
            case FAILED -> JournalJson.read(Objects.requireNonNull(failure), FAILED);
        };
    }
}
