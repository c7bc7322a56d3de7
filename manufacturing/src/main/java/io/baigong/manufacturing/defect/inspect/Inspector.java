package io.baigong.manufacturing.defect.inspect;

import io.baigong.manufacturing.defect.annotation.AnnotatedPicture;
import io.baigong.manufacturing.defect.anomaly.GoldenSample;
import io.baigong.manufacturing.defect.anomaly.SoundMemory;
import io.baigong.manufacturing.defect.board.BoardInspector;
import io.baigong.manufacturing.defect.image.Located;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureReader;
import io.baigong.manufacturing.defect.image.UnreadablePicture;
import io.baigong.manufacturing.defect.inspect.Inspection.Defect;
import io.baigong.manufacturing.defect.inspect.Inspection.Verdict;
import io.baigong.manufacturing.defect.inspect.Inspection.Warning;
import io.baigong.manufacturing.defect.quality.Condition;
import io.baigong.manufacturing.defect.quality.ConditionRange;
import io.baigong.manufacturing.defect.quality.ConditionWarning;
import io.baigong.manufacturing.defect.strip.StripInspector;
import io.baigong.manufacturing.defect.strip.StripOcclusion;
import io.baigong.manufacturing.defect.tile.TileInspector;
import io.baigong.measures.Box;
import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evidence;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import io.baigong.spi.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Inspects a part as its line does. Thread-safe. */
public final class Inspector {
    private static final String SOURCE = "picture";

    private final Models models;

    public Inspector(Models models) {
        this.models = models;
    }

    /** Bad input is a failure that says what to do. */
    public Outcome<Inspection> inspect(DefectInput input) {
        Optional<Outcome<Inspection>> wrong = wrong(input);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Line line = line(input);
        try {
            Picture picture = read(input.picture());
            return switch (line) {
                case STEEL_STRIP ->
                    learned(input, line, picture, StripInspector.inspect(models, picture), StripInspector.THRESHOLD);
                case CIRCUIT_BOARD -> board(input, picture);
                case MAGNETIC_TILE ->
                    learned(input, line, picture, TileInspector.inspect(models, picture), TileInspector.THRESHOLD);
                case SOUND_PARTS ->
                    input.template() == null
                            ? learned(input, line, picture, SoundMemory.inspect(models, picture), SoundMemory.THRESHOLD)
                            : golden(input, input.template(), picture);
            };
        } catch (UnreadablePicture e) {
            return new Outcome.Failed<>(e.code(), String.valueOf(e.getMessage()), e.remedy());
        } catch (ModelException e) {
            return new Outcome.Failed<>(
                    e.code(), String.valueOf(e.getMessage()), "Ask the operator which model fills the role.");
        } catch (IOException e) {
            return new Outcome.Failed<>(
                    ErrorCode.User.CORRUPT, "the picture can't be read: " + e.getMessage(), "Send the picture again.");
        }
    }

    /** The role whose model says how sure it is that a part of the line is defective. */
    public static String role(Line line) {
        return switch (line) {
            case STEEL_STRIP -> StripInspector.ROLE;
            case CIRCUIT_BOARD -> BoardInspector.ROLE;
            case MAGNETIC_TILE -> TileInspector.PICTURE_ROLE;
            case SOUND_PARTS -> SoundMemory.ROLE;
        };
    }

    /** What the input is of. */
    public static Line line(DefectInput input) {
        return input.line() != null ? input.line() : input.template() != null ? Line.CIRCUIT_BOARD : Line.STEEL_STRIP;
    }

    private Outcome<Inspection> learned(
            DefectInput input, Line line, Picture picture, List<Located> located, double usual)
            throws UnreadablePicture {
        return answer(input, line, picture, located, RejectionRule.of(input, usual, models, Optional.of(role(line))));
    }

    private static Optional<Outcome<Inspection>> wrong(DefectInput input) {
        Double scale = input.millimetresPerPixel();
        if (scale != null && !(scale > 0 && scale <= 1000)) {
            return failed(
                    "a scale of " + scale + " mm per pixel makes no size",
                    "Give millimetresPerPixel as a number above 0, or leave it out.");
        }
        Double threshold = input.threshold();
        if (threshold != null && !(threshold > 0 && threshold < 1)) {
            return failed(
                    "a threshold lies between 0 and 1, not " + threshold,
                    "Give a threshold between 0 and 1, or leave it out.");
        }
        return Optional.empty();
    }

    private static Optional<Outcome<Inspection>> failed(String detail, String remedy) {
        return Optional.of(new Outcome.Failed<>(ErrorCode.User.INVALID, detail, remedy));
    }

    private static Picture read(Attachment attachment) throws IOException {
        return PictureReader.read(attachment.file());
    }

    private Outcome<Inspection> board(DefectInput input, Picture picture) throws IOException {
        if (input.template() == null) {
            return new Outcome.Failed<>(
                    ErrorCode.User.INVALID,
                    "a circuit board is compared with a template, and none was given",
                    "Send a picture of a board without a defect as template, taken the same way.");
        }
        Picture template = read(input.template());
        if (differ(template, picture)) {
            return otherSize(template, picture);
        }
        return learned(
                input,
                Line.CIRCUIT_BOARD,
                picture,
                BoardInspector.inspect(models, template, picture, Boolean.TRUE.equals(input.brightCopper())),
                BoardInspector.threshold(models));
    }

    private Outcome<Inspection> golden(DefectInput input, Attachment sound, Picture picture) throws IOException {
        Picture template = read(sound);
        if (differ(template, picture)) {
            return otherSize(template, picture);
        }
        return answer(
                input,
                Line.SOUND_PARTS,
                picture,
                GoldenSample.inspect(template, picture),
                RejectionRule.of(input, SoundMemory.THRESHOLD, models, Optional.empty()));
    }

    private static boolean differ(Picture template, Picture picture) {
        return template.width() != picture.width() || template.height() != picture.height();
    }

    private static Outcome<Inspection> otherSize(Picture template, Picture picture) {
        return new Outcome.Failed<>(
                ErrorCode.User.INVALID,
                "the template has %d x %d pixels, the picture %d x %d"
                        .formatted(template.width(), template.height(), picture.width(), picture.height()),
                "Send pictures of the same size, taken the same way.");
    }

    private Outcome<Inspection> answer(
            DefectInput input, Line line, Picture picture, List<Located> located, RejectionRule rule) {
        double threshold = rule.threshold();
        boolean chinese = "zh".equals(input.language());
        List<Located> sure =
                located.stream().filter(each -> each.score() >= threshold).toList();
        var defects = new ArrayList<Defect>();
        var evidence = new ArrayList<Evidence>();
        for (Located each : sure) {
            defects.add(defect(each, input.millimetresPerPixel(), chinese));
            evidence.add(
                    new Evidence.ImageRegion(SOURCE, each.x(), each.y(), each.width(), each.height(), each.score()));
        }
        Verdict verdict = sure.isEmpty() ? Verdict.PASS : Verdict.FAIL;
        double highest = located.stream().mapToDouble(Located::score).max().orElse(0);
        var condition = Condition.of(picture);
        List<Warning> warnings = line == Line.CIRCUIT_BOARD || input.template() != null
                ? List.of()
                : ConditionRange.beside(models, role(line))
                        .map(range -> warnings(range.warnings(condition), chinese))
                        .orElse(List.of());
        var inspection = new Inspection(
                line,
                picture.width(),
                picture.height(),
                verdict,
                rule.text(chinese),
                threshold,
                List.copyOf(defects),
                HeatMaps.of(located, picture.width(), picture.height()),
                annotations(input, picture, sure),
                rule.expected(),
                condition,
                explanation(input, line, picture, sure),
                warnings);
        return new Outcome.Answered<>(inspection, List.of(), evidence, verdict == Verdict.FAIL ? highest : 1 - highest);
    }

    private @Nullable StripOcclusion explanation(DefectInput input, Line line, Picture picture, List<Located> sure) {
        return Boolean.TRUE.equals(input.explain()) && line == Line.STEEL_STRIP && !sure.isEmpty()
                ? StripOcclusion.of(models, picture, sure.getFirst())
                : null;
    }

    private static @Nullable String annotations(DefectInput input, Picture picture, List<Located> located) {
        if (input.annotations() == null) {
            return null;
        }
        var boxes = located.stream()
                .map(each -> new AnnotatedPicture.Marked(
                        each.kind(), new Box(each.x(), each.y(), each.x() + each.width(), each.y() + each.height())))
                .toList();
        return input.annotations()
                .write(new AnnotatedPicture(input.picture().name(), picture.width(), picture.height(), boxes));
    }

    private static List<Warning> warnings(List<ConditionWarning> kinds, boolean chinese) {
        return kinds.stream()
                .map(kind -> new Warning(
                        kind,
                        chinese
                                ? "图片比训练图片" + kind.text().zh()
                                : "the picture is " + kind.text().en() + " than those that the model learned from"))
                .toList();
    }

    private static Defect defect(Located each, @Nullable Double scale, boolean chinese) {
        return new Defect(
                each.kind(),
                chinese ? each.title().zh() : each.title().en(),
                each.x(),
                each.y(),
                each.width(),
                each.height(),
                each.score(),
                scale == null ? null : each.width() * scale,
                scale == null ? null : each.height() * scale);
    }
}
