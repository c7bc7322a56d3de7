package io.baigong.journal;

import io.baigong.spi.Evidence;
import io.baigong.spi.ModelVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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
 * @param label what its sender calls it, where that is not what it would be called anyway
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
        Occasion occasion,
        @Nullable String label) {
    private static final int NAME_LETTERS = 80;

    /** A run that its sender calls nothing in particular. */
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
            Actor caller,
            Occasion occasion) {
        this(id, task, ending, models, inputSha256, attachments, fields, startedAt, duration, caller, occasion, null);
    }

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

    /** What people know it by: as its sender calls it, else the first attachment's name, else the first words of its longest text. */
    public String name() {
        return label == null ? derivedName(attachments, fields) : label;
    }

    /** The same run under the name that its sender has for it. What it would be called anyway is no label. */
    public RunRecord named(String name) {
        String label = name.isEmpty() || name.equals(derivedName(attachments, fields)) ? null : name;
        return new RunRecord(
                id,
                task,
                ending,
                models,
                inputSha256,
                attachments,
                fields,
                startedAt,
                duration,
                caller,
                occasion,
                label);
    }

    /**
     * What a file that is made of it is called, without an ending: by its label, its first attachment, or its task and id; never by words of a text,
     * which may be a patient's.
     */
    public String fileName() {
        if (label != null) {
            return label;
        }
        if (attachments.isEmpty()) {
            return task + "-" + id;
        }
        String name = attachments.getFirst().name();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String derivedName(List<StoredAttachment> attachments, Map<String, String> fields) {
        if (!attachments.isEmpty()) {
            return attachments.getFirst().name();
        }
        return fields.values().stream()
                .map(String::strip)
                .filter(RunRecord::isProse)
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .map(RunRecord::firstWords)
                .orElse("");
    }

    /** Several words: numbers, codes and JSON say nothing to people. */
    private static boolean isProse(String text) {
        return !text.startsWith("{")
                && !text.startsWith("[")
                && text.codePoints().anyMatch(Character::isLetter)
                && text.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isIdeographic(c));
    }

    private static String firstWords(String text) {
        String words = text.substring(
                        0,
                        text.offsetByCodePoints(0, Math.min(4 * NAME_LETTERS, text.codePointCount(0, text.length()))))
                .replaceAll("\\s+", " ");
        if (words.codePointCount(0, words.length()) <= NAME_LETTERS) {
            return words;
        }
        String cut = words.substring(0, words.offsetByCodePoints(0, NAME_LETTERS));
        int space = cut.lastIndexOf(' ');
        // Chinese has no spaces to cut at.
        return (space > NAME_LETTERS / 2 ? cut.substring(0, space) : cut) + "…";
    }

    /** The output as JSON, of a run that answered. */
    public @Nullable String output() {
        return ending instanceof Answered answered ? answered.output() : null;
    }
}
