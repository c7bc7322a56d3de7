package io.baigong.manufacturing.defect.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.manufacturing.defect.annotation.AnnotationFormat;
import io.baigong.manufacturing.defect.annotation.Coco;
import io.baigong.manufacturing.defect.drawn.DrawnBoard;
import io.baigong.manufacturing.defect.drawn.DrawnStrip;
import io.baigong.manufacturing.defect.drawn.Pictures;
import io.baigong.manufacturing.defect.inspect.Inspection.Verdict;
import io.baigong.measures.Box;
import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evidence;
import io.baigong.spi.Outcome;
import io.baigong.testkit.FakeContext;
import io.baigong.testkit.FakeModels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectorTest {
    @TempDir
    Path folder;

    private Attachment file(String name, BufferedImage image) throws IOException {
        return new Attachment(name, Files.write(folder.resolve(name), Pictures.file(image, "png")));
    }

    private static Outcome<Inspection> run(DefectInput input) {
        return new DefectDetectionTask()
                .run(
                        input,
                        FakeContext.of(DefectModels.script(FakeModels.script()).build()));
    }

    private static Inspection answered(DefectInput input) {
        return answer(input).value();
    }

    private static Outcome.Answered<Inspection> answer(DefectInput input) {
        assertThat(run(input)).isInstanceOf(Outcome.Answered.class);
        return (Outcome.Answered<Inspection>) run(input);
    }

    private static ErrorCode refused(DefectInput input) {
        assertThat(run(input)).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<Inspection>) run(input)).code();
    }

    private DefectInput board(@Nullable Double scale, @Nullable String language) throws IOException {
        DrawnBoard board = DrawnBoard.seeded(5);
        return new DefectInput(
                file("test.png", board.test()),
                file("template.png", board.template()),
                null,
                null,
                scale,
                null,
                null,
                language);
    }

    @Test
    void boardWithDefectsFails() throws IOException {
        var answer = answer(board(0.02, "zh"));
        Inspection inspection = answer.value();
        assertThat(inspection.line()).isEqualTo(Line.CIRCUIT_BOARD);
        assertThat(inspection.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(inspection.defects()).hasSize(6).allSatisfy(defect -> {
            assertThat(defect.title()).isEqualTo("短路");
            assertThat(defect.widthMm()).isEqualTo(defect.width() * 0.02);
        });
        assertThat(answer.evidence()).hasSize(6).allMatch(Evidence.ImageRegion.class::isInstance);
    }

    /** The grid is at its highest where a defect lies, and zero far from all. */
    @Test
    void heatMapShowsWhere() throws IOException {
        Inspection inspection = answered(board(null, null));
        var map = inspection.heatMap();
        assertThat(map).isNotNull();
        var defect = inspection.defects().getFirst();
        int at = defect.y() / map.cell() * map.columns() + defect.x() / map.cell();
        assertThat(map.scores().get(at)).isEqualTo(0.9);
        assertThat(map.scores().getFirst()).isZero();
        assertThat(map.scores()).hasSize(map.columns() * map.rows());
    }

    @Test
    void soundBoardPasses() throws IOException {
        DrawnBoard board = DrawnBoard.seeded(5);
        Inspection inspection = answered(new DefectInput(
                file("a.png", board.template()), file("b.png", board.template()), null, null, null, null, null, null));
        assertThat(inspection.verdict()).isEqualTo(Verdict.PASS);
        assertThat(inspection.defects()).isEmpty();
    }

    @Test
    void thresholdDecides() throws IOException {
        var input =
                new DefectInput(file("s.png", DrawnStrip.scratched(64, 1)), null, null, null, null, 0.95, null, null);
        assertThat(answered(input).verdict()).isEqualTo(Verdict.PASS);
        assertThat(answered(new DefectInput(input.picture(), null, null, null, null, 0.85, null, null))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    /** 1200 x 1200 is cut into 3 x 3 tiles that cover it without a gap. */
    @Test
    void largeStripIsTiled() throws IOException {
        Inspection inspection = answered(new DefectInput(
                file("l.png", DrawnStrip.scratched(1200, 1)), null, null, null, null, null, null, null));
        assertThat(inspection.defects()).hasSize(9);
        assertThat(inspection.defects().stream()
                        .mapToInt(defect -> defect.width() * defect.height())
                        .sum())
                .isEqualTo(1200 * 1200);
    }

    @Test
    void tileIsMarkedWhereItIsBright() throws IOException {
        var image = new BufferedImage(100, 70, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 16; y < 32; y++) {
            for (int x = 40; x < 56; x++) {
                image.getRaster().setSample(x, y, 0, 255);
            }
        }
        Inspection inspection =
                answered(new DefectInput(file("t.png", image), null, null, Line.MAGNETIC_TILE, null, null, null, null));
        assertThat(inspection.defects()).hasSize(2);
        assertThat(inspection.defects().getFirst().width()).isEqualTo(100);
        assertThat(inspection.defects().getLast()).satisfies(defect -> {
            assertThat(defect.kind()).isEqualTo("crack");
            assertThat(defect.x()).isEqualTo(40);
            assertThat(defect.y()).isEqualTo(16);
            assertThat(defect.width()).isEqualTo(16);
            assertThat(defect.height()).isEqualTo(16);
        });
    }

    /** Three deviations above sound parts is one half; the square is far beyond and lies in cells of 16 pixels. */
    @Test
    void whatIsUnlikeSoundPartsFails() throws IOException {
        var image = new BufferedImage(160, 96, BufferedImage.TYPE_BYTE_GRAY);
        assertThat(answered(new DefectInput(file("a.png", image), null, null, Line.SOUND_PARTS, null, null, null, null))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        for (int y = 32; y < 64; y++) {
            for (int x = 64; x < 112; x++) {
                image.getRaster().setSample(x, y, 0, 255);
            }
        }
        Inspection inspection =
                answered(new DefectInput(file("a.png", image), null, null, Line.SOUND_PARTS, null, null, null, null));
        assertThat(inspection.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(inspection.defects())
                .hasSize(2)
                .allMatch(defect -> defect.kind().equals("anomaly"));
        assertThat(inspection.defects()).anySatisfy(defect -> {
            assertThat(defect.x()).isBetween(48, 64);
            assertThat(defect.y()).isBetween(16, 32);
            assertThat(defect.x() + defect.width()).isBetween(112, 128);
            assertThat(defect.y() + defect.height()).isBetween(64, 80);
        });
    }

    @Test
    void defectsAreWrittenForOtherPrograms() throws IOException {
        DrawnBoard board = DrawnBoard.seeded(5);
        Attachment test = file("t.png", board.test());
        Attachment template = file("b.png", board.template());
        Inspection inspection =
                answered(new DefectInput(test, template, null, null, null, null, AnnotationFormat.COCO, null));
        assertThat(inspection.annotations()).isNotNull();
        var read = Coco.read(inspection.annotations().getBytes(StandardCharsets.UTF_8))
                .getFirst();
        assertThat(read.file()).isEqualTo(test.name());
        assertThat(read.boxes()).hasSize(inspection.defects().size());
        var defect = inspection.defects().getFirst();
        assertThat(read.boxes().getFirst().box())
                .isEqualTo(new Box(defect.x(), defect.y(), defect.x() + defect.width(), defect.y() + defect.height()));
    }

    @Test
    void soundPartIsComparedWithItsTemplate() throws IOException {
        DrawnBoard board = DrawnBoard.seeded(5);
        Attachment template = file("b.png", board.template());
        assertThat(answered(new DefectInput(template, template, null, Line.SOUND_PARTS, null, null, null, null))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(answered(new DefectInput(
                                file("t.png", board.test()), template, null, Line.SOUND_PARTS, null, null, null, null))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(refused(new DefectInput(
                        file("s.png", DrawnStrip.scratched(64, 1)),
                        template,
                        null,
                        Line.SOUND_PARTS,
                        null,
                        null,
                        null,
                        null)))
                .isEqualTo(ErrorCode.User.INVALID);
    }

    @Test
    void refusesWhatCanNotBe() throws IOException {
        Attachment strip = file("s.png", DrawnStrip.scratched(64, 1));
        Attachment other = file("o.png", DrawnStrip.scratched(80, 1));
        assertThat(refused(new DefectInput(strip, null, null, Line.CIRCUIT_BOARD, null, null, null, null)))
                .isEqualTo(ErrorCode.User.INVALID);
        assertThat(refused(new DefectInput(strip, other, null, null, null, null, null, null)))
                .isEqualTo(ErrorCode.User.INVALID);
        assertThat(refused(new DefectInput(strip, null, null, null, -1.0, null, null, null)))
                .isEqualTo(ErrorCode.User.INVALID);
        assertThat(refused(new DefectInput(strip, null, null, null, null, 1.5, null, null)))
                .isEqualTo(ErrorCode.User.INVALID);
        assertThat(refused(new DefectInput(strip, null, null, null, Double.NaN, null, null, null)))
                .isEqualTo(ErrorCode.User.INVALID);
    }
}
