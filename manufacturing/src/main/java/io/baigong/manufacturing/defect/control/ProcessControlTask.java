package io.baigong.manufacturing.defect.control;

import io.baigong.manufacturing.defect.inspect.DefectDetectionTask;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Outcome;
import io.baigong.spi.Panel;
import io.baigong.spi.Sample;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code manufacturing.process-control}: a line's pictures in order become a p chart of the parts rejected, and whether the line is in control. */
public final class ProcessControlTask implements Task<ControlInput, ControlReport> {
    private static final TaskId ID = new TaskId("manufacturing", "process-control");

    @Override
    public TaskId id() {
        return ID;
    }

    @Override
    public LocalText title() {
        return new LocalText("Process control", "过程控制");
    }

    @Override
    public Class<ControlInput> inputType() {
        return ControlInput.class;
    }

    @Override
    public Class<ControlReport> outputType() {
        return ControlReport.class;
    }

    @Override
    public List<ModelRole> roles() {
        return DefectDetectionTask.inspectionRoles();
    }

    @Override
    public Outcome<ControlReport> run(ControlInput input, TaskContext context) {
        return new ControlRun(input, context.models()).run();
    }

    @Override
    public List<Sample> samples() {
        return List.of(
                new Sample(
                        "shifts",
                        new LocalText("Thirty shifts of fifty parts", "三十个班次，每班五十件"),
                        Map.of(),
                        Map.of("counts", "[%s]".formatted(String.join(", ", shifts())), "centre", "0.1")),
                new Sample(
                        "strip",
                        new LocalText("Twelve pictures of steel strip", "十二张带钢图片"),
                        Map.of("pictures", pictures()),
                        Map.of("line", "STEEL_STRIP", "sampleSize", "4", "centre", "0.2")));
    }

    /** Drawn by hand: about one in ten fails, but twice as many from the 22nd shift on. */
    private static List<String> shifts() {
        int[] rejected = {5, 4, 7, 5, 3, 6, 5, 8, 4, 5, 6, 3, 5, 7, 4, 5, 6, 4, 5, 3, 6, 9, 11, 8, 12, 9, 10, 13, 9, 11
        };
        var shifts = new ArrayList<String>();
        for (int i = 0; i < rejected.length; i++) {
            shifts.add("{\"name\": \"%d\", \"inspected\": 50, \"rejected\": %d}".formatted(i + 1, rejected[i]));
        }
        return shifts;
    }

    private static URL pictures() {
        return Objects.requireNonNull(
                ProcessControlTask.class.getResource("/samples/defect/strip-parts.zip"),
                "the sample is not on the class path");
    }

    @Override
    public List<Panel> panels() {
        return List.of(
                new Panel.Value(new LocalText("The line is", "生产线状态"), "/verdict"),
                new Panel.Value(new LocalText("Parts inspected", "检验数"), "/inspected"),
                new Panel.Value(new LocalText("Parts rejected", "不合格数"), "/rejected"),
                new Panel.Value(new LocalText("Centre", "中心线"), "/centre"),
                new Panel.Chart(
                        new LocalText("p chart", "p控制图"),
                        "/samples",
                        column("Sample", "样本", "/name"),
                        column("Share rejected", "不合格率", "/share"),
                        List.of(column("Lower limit", "控制下限", "/lower"), column("Upper limit", "控制上限", "/upper")),
                        List.of(column("Centre", "中心线", "/centre")),
                        column("Out of control by", "判异准则", "/why")),
                new Panel.Table(
                        new LocalText("Samples", "样本"),
                        "/samples",
                        List.of(
                                column("Sample", "样本", "/name"),
                                column("Inspected", "检验数", "/inspected"),
                                column("Rejected", "不合格数", "/rejected"),
                                column("Share", "不合格率", "/share"),
                                column("Lower limit", "控制下限", "/lower"),
                                column("Upper limit", "控制上限", "/upper"),
                                column("Out of control by", "判异准则", "/why"))),
                new Panel.Table(
                        new LocalText("Light and focus", "光照与对焦"),
                        "/warnings",
                        List.of(column("Warning", "警告", "/text"))),
                new Panel.Table(
                        new LocalText("Parts", "零件"),
                        "/parts",
                        List.of(
                                column("Picture", "图片", "/name"),
                                column("Verdict", "判定", "/verdict"),
                                column("Kind", "类型", "/kind"),
                                column("Score", "置信度", "/score"),
                                column("Remark", "备注", "/remark"))));
    }

    private static Panel.Column column(String en, String zh, String pointer) {
        return new Panel.Column(new LocalText(en, zh), pointer);
    }
}
