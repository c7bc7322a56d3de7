package io.baigong.journal;

import io.baigong.spi.Evidence;
import io.baigong.spi.ModelVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run, as the journal keeps it.
 *
 * @param id time-ordered (UUID version 7, RFC 9562)
 * @param ending how it ended
 * @param models exactly which models answered
 * @param inputSha256 lower-case hex digest over the task, the fields and the attachments
 * @param attachments files that it was given, in order
 * @param fields the other components of its input
 * @param caller who asked
 * @param occasion what for
 */
public record RunRecord(
        UUID id,
        String task,
        Ending ending,
        List<ModelVersion> models,
        String inputSha256,
        List<StoredAttachment> attachments,
        Map<String, String> fields,
        Instant startedAt,
        Duration duration,
        Actor caller,
        Occasion occasion) {

    /** A run on an occasion of which nothing is known. */
    public RunRecord(
            UUID id,
            String task,
            Ending ending,
            List<ModelVersion> models,
            String inputSha256,
            List<StoredAttachment> attachments,
            Map<String, String> fields,
            Instant startedAt,
            Duration duration,
            Actor caller) {
        this(id, task, ending, models, inputSha256, attachments, fields, startedAt, duration, caller, Occasion.NONE);
    }

    /** How a run ended. */
    public sealed interface Ending {
        default RunStatus status() {
            return switch (this) {
                case Answered _ -> RunStatus.ANSWERED;
                case Abstained _ -> RunStatus.ABSTAINED;
                case Failed _ -> RunStatus.FAILED;
            };
        }
    }

    /**
     * An answer.
     *
     * @param output the output record, as JSON
     * @param evidence whose quotes were all found in their sources
     * @param droppedEvidence how many pieces of evidence were dropped, since their quote was not in the source
     * @param confidence in [0, 1]
     * @param stake what is at stake, in the task's own unit; null where the task does not tell. It follows from the output, and so is
     *     in no digest.
     */
    public record Answered(
            String output,
            List<Evidence> evidence,
            int droppedEvidence,
            double confidence,
            @Nullable Double stake) implements Ending {
        /** Of a task that does not tell what is at stake. */
        public Answered(String output, List<Evidence> evidence, int droppedEvidence, double confidence) {
            this(output, evidence, droppedEvidence, confidence, null);
        }
    }

    /** Not sure enough. */
    public record Abstained(String reason) implements Ending {}

    /**
     * No answer.
     *
     * @param code slug of an {@link io.baigong.spi.ErrorCode}, such as {@code too-large}
     */
    public record Failed(String code, String detail, String remedy) implements Ending {}

    /** The first attachment's name, or nothing. */
    public String name() {
        return attachments.isEmpty() ? "" : attachments.getFirst().name();
    }

    /** The output as JSON, of a run that answered. */
    public @Nullable String output() {
        return ending instanceof Answered answered ? answered.output() : null;
    }
}
