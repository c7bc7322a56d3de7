package io.baigong.manufacturing.defect.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.manufacturing.defect.control.ControlInput.Counted;
import io.baigong.manufacturing.defect.drawn.DrawnStrip;
import io.baigong.manufacturing.defect.drawn.Pictures;
import io.baigong.manufacturing.defect.inspect.DefectModels;
import io.baigong.manufacturing.defect.inspect.Inspection.Verdict;
import io.baigong.manufacturing.defect.inspect.Line;
import io.baigong.manufacturing.defect.quality.ControlRule;
import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evidence;
import io.baigong.spi.Outcome;
import io.baigong.testkit.FakeContext;
import io.baigong.testkit.FakeModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessControlTaskTest {
    @TempDir
    Path folder;

    private Attachment zip(Map<String, byte[]> files) throws IOException {
        Path file = folder.resolve("parts.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var each : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
            }
        }
        return new Attachment("parts.zip", file);
    }

    private static ControlInput input(
            @Nullable Attachment pictures,
            @Nullable List<Counted> counts,
            @Nullable Double threshold,
            @Nullable Integer size,
            @Nullable Double centre) {
        return new ControlInput(
                pictures, counts, null, null, Line.STEEL_STRIP, threshold, null, null, null, size, centre, null, null);
    }

    private static Outcome<ControlReport> run(ControlInput input) {
        return new ProcessControlTask()
                .run(
                        input,
                        FakeContext.of(DefectModels.script(FakeModels.script()).build()));
    }

    private static ControlReport answered(ControlInput input) {
        assertThat(run(input)).isInstanceOf(Outcome.Answered.class);
        return ((Outcome.Answered<ControlReport>) run(input)).value();
    }

    private static ErrorCode refused(ControlInput input) {
        assertThat(run(input)).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<ControlReport>) run(input)).code();
    }

    private static byte[] strip(long seed) {
        return Pictures.file(DrawnStrip.scratched(64, seed), "png");
    }

    /** The scripted net fails every strip: the tenth part follows the ninth, the damaged one has no verdict, the text is no picture. */
    @Test
    void picturesAreSampledInTheOrderOfTheirNames() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        for (int i = 12; i >= 1; i--) {
            files.put("shift/part" + i + ".png", i == 3 ? new byte[] {1, 2} : strip(i));
        }
        files.put("readme.txt", new byte[] {65});
        ControlReport report = answered(input(zip(files), null, null, 4, 0.5));
        assertThat(report.parts()).hasSize(12);
        assertThat(report.parts().get(2)).satisfies(part -> {
            assertThat(part.verdict()).isNull();
            assertThat(part.remark()).isNotEmpty();
        });
        assertThat(report.samples())
                .extracting(ControlReport.SampleRow::name)
                .containsExactly(
                        "shift/part1.png – shift/part5.png",
                        "shift/part6.png – shift/part9.png",
                        "shift/part10.png – shift/part12.png");
        assertThat(report.inspected()).isEqualTo(11);
        assertThat(report.rejected()).isEqualTo(11);
        assertThat(report.parts().getLast().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.rule()).contains("0.50");
    }

    /** Montgomery, example 7.1: samples 15 and 23 are out of control, with the centre of all thirty. */
    @Test
    void montgomerysCansAreOutOfControl() {
        int[] cans = {
            12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6
        };
        List<Counted> counts = java.util.stream.IntStream.range(0, cans.length)
                .mapToObj(i -> new Counted("s" + (i + 1), 50, cans[i]))
                .toList();
        ControlReport report = answered(input(null, counts, null, null, null));
        assertThat(report.centre()).isEqualTo(347 / 1500.0);
        assertThat(report.inControl()).isFalse();
        assertThat(report.samples().stream()
                        .filter(row -> row.signals().contains(ControlRule.BEYOND_LIMITS))
                        .map(ControlReport.SampleRow::name))
                .containsExactly("s15", "s23");
        var outcome = (Outcome.Answered<ControlReport>) run(input(null, counts, null, null, null));
        assertThat(outcome.evidence())
                .contains(new Evidence.Rule("BEYOND_LIMITS", ControlRule.Set.WESTERN_ELECTRIC.citation()));
    }

    @Test
    void countsComeBeforePictures() throws IOException {
        ControlReport report =
                answered(input(zip(Map.of("a.png", strip(1))), List.of(new Counted("old", 10, 1)), 0.95, null, null));
        assertThat(report.samples()).hasSize(2);
        assertThat(report.inspected()).isEqualTo(11);
        assertThat(report.rejected()).isEqualTo(1);
        assertThat(report.inControl()).isTrue();
    }

    @Test
    void nothingRejectedSetsNoLimits() throws IOException {
        ControlReport report = answered(input(zip(Map.of("a.png", strip(1))), null, 0.95, null, null));
        assertThat(report.inControl()).isNull();
        assertThat(report.centre()).isNull();
        assertThat(report.verdict()).contains("give centre");
    }

    @Test
    void refusesWhatMakesNoChart() throws IOException {
        assertThat(refused(input(null, null, null, null, null))).isEqualTo(ErrorCode.User.EMPTY);
        assertThat(refused(input(null, List.of(new Counted("a", 5, 6)), null, null, null)))
                .isEqualTo(ErrorCode.User.INVALID);
        assertThat(refused(input(null, Collections.singletonList(null), null, null, null)))
                .isEqualTo(ErrorCode.User.INVALID);
        assertThat(refused(input(null, List.of(new Counted("a", 5, 1)), null, 1, null)))
                .isEqualTo(ErrorCode.User.INVALID);
        assertThat(refused(input(null, List.of(new Counted("a", 5, 1)), null, null, 1.0)))
                .isEqualTo(ErrorCode.User.INVALID);
        Attachment noZip = new Attachment("a.zip", Files.write(folder.resolve("a.zip"), new byte[] {1, 2, 3}));
        assertThat(refused(input(noZip, null, null, null, null))).isEqualTo(ErrorCode.User.UNSUPPORTED_FORMAT);
        assertThat(refused(input(zip(Map.of("a.txt", new byte[] {1})), null, null, null, null)))
                .isEqualTo(ErrorCode.User.EMPTY);
        assertThat(refused(input(zip(Map.of("a.png", new byte[] {1})), null, null, null, null)))
                .isEqualTo(ErrorCode.User.INVALID);
    }

    @Test
    void namesAreReadAsPeopleDo() {
        assertThat(NaturalOrder.compare("part9", "part10")).isNegative();
        assertThat(NaturalOrder.compare("a007", "a7")).isNotZero();
        assertThat(NaturalOrder.compare("a007b", "a7a")).isPositive();
        assertThat(NaturalOrder.compare("a", "a1")).isNegative();
        assertThat(NaturalOrder.compare("x", "x")).isZero();
    }
}
