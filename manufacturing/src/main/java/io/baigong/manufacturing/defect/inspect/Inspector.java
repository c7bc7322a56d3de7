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
import io.baigong.manufacturing.defect.strip.StripInspector;
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
import java.util.Locale;
import java.util.Optional;

/** Inspects a part as its line does. */
final class Inspector {
    private static final String SOURCE = "picture";

    private final Models models;

    Inspector(Models models) {
        this.models = models;
    }

    Outcome<Inspection> inspect(DefectInput input) {
        Optional<Outcome<Inspection>> wrong = wrong(input);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Line line =
                input.line() != null ? input.line() : input.template() != null ? Line.CIRCUIT_BOARD : Line.STEEL_STRIP;
        try {
            Picture picture = read(input.picture());
            return switch (line) {
                case STEEL_STRIP ->
                    answer(
                            input,
                            line,
                            picture,
                            StripInspector.inspect(models, picture),
                            threshold(input, StripInspector.THRESHOLD));
                case CIRCUIT_BOARD -> board(input, picture);
                case MAGNETIC_TILE ->
                    answer(
                            input,
                            line,
                            picture,
                            TileInspector.inspect(models, picture),
                            threshold(input, TileInspector.THRESHOLD));
                case SOUND_PARTS ->
                    input.template() == null
                            ? answer(
                                    input,
                                    line,
                                    picture,
                                    SoundMemory.inspect(models, picture),
                                    threshold(input, SoundMemory.THRESHOLD))
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

    private static double threshold(DefectInput input, double usual) {
        return input.threshold() == null ? usual : input.threshold();
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
        return answer(
                input,
                Line.CIRCUIT_BOARD,
                picture,
                BoardInspector.inspect(models, template, picture, Boolean.TRUE.equals(input.brightCopper())),
                threshold(input, BoardInspector.threshold(models)));
    }

    private static Outcome<Inspection> golden(DefectInput input, Attachment sound, Picture picture) throws IOException {
        Picture template = read(sound);
        if (differ(template, picture)) {
            return otherSize(template, picture);
        }
        return answer(
                input,
                Line.SOUND_PARTS,
                picture,
                GoldenSample.inspect(template, picture),
                threshold(input, SoundMemory.THRESHOLD));
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

    private static Outcome<Inspection> answer(
            DefectInput input, Line line, Picture picture, List<Located> located, double threshold) {
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
        var inspection = new Inspection(
                line,
                picture.width(),
                picture.height(),
                verdict,
                rule(threshold, chinese),
                threshold,
                List.copyOf(defects),
                HeatMaps.of(located, picture.width(), picture.height()),
                annotations(input, picture, sure));
        return new Outcome.Answered<>(inspection, List.of(), evidence, verdict == Verdict.FAIL ? highest : 1 - highest);
    }

    private static @org.jspecify.annotations.Nullable String annotations(
            DefectInput input, Picture picture, List<Located> located) {
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

    private static String rule(double threshold, boolean chinese) {
        return String.format(
                Locale.ROOT,
                chinese ? "任一缺陷置信度不低于 %.2f 即判不合格" : "fails when any defect scores %.2f or more",
                threshold);
    }

    private static Defect defect(Located each, @org.jspecify.annotations.Nullable Double scale, boolean chinese) {
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
