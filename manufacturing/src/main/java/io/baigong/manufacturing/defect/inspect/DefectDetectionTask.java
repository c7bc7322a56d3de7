package io.baigong.manufacturing.defect.inspect;

import io.baigong.manufacturing.defect.anomaly.SoundMemory;
import io.baigong.manufacturing.defect.anomaly.SoundPartsBenchmark;
import io.baigong.manufacturing.defect.anomaly.SoundPartsRecipe;
import io.baigong.manufacturing.defect.board.BoardInspector;
import io.baigong.manufacturing.defect.board.DeepPcbBenchmark;
import io.baigong.manufacturing.defect.board.DeepPcbRecipe;
import io.baigong.manufacturing.defect.box.BoxBenchmark;
import io.baigong.manufacturing.defect.box.BoxRecipe;
import io.baigong.manufacturing.defect.box.StripBoxes;
import io.baigong.manufacturing.defect.image.PictureFeatures;
import io.baigong.manufacturing.defect.strip.StripBenchmark;
import io.baigong.manufacturing.defect.strip.StripInspector;
import io.baigong.manufacturing.defect.strip.StripRecipe;
import io.baigong.manufacturing.defect.tile.TileBenchmark;
import io.baigong.manufacturing.defect.tile.TileInspector;
import io.baigong.manufacturing.defect.tile.TileRecipe;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Gate;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Outcome;
import io.baigong.spi.Panel;
import io.baigong.spi.Sample;
import io.baigong.spi.Signal;
import io.baigong.spi.Signals;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import io.baigong.spi.TrainingRecipe;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code manufacturing.defect-detection}: a picture of a part becomes its defects, and pass or fail. */
public final class DefectDetectionTask implements Task<DefectInput, Inspection> {
    private static final TaskId ID = new TaskId("manufacturing", "defect-detection");

    @Override
    public TaskId id() {
        return ID;
    }

    @Override
    public LocalText title() {
        return new LocalText("Defect detection", "缺陷检测");
    }

    @Override
    public Class<DefectInput> inputType() {
        return DefectInput.class;
    }

    @Override
    public Class<Inspection> outputType() {
        return Inspection.class;
    }

    /** The roles that inspection asks. */
    public static List<ModelRole> inspectionRoles() {
        return List.of(
                new ModelRole(StripInspector.ROLE, ModelRole.Kind.PREDICTION, Optional.of("models/strip-defects/1")),
                new ModelRole(BoardInspector.ROLE, ModelRole.Kind.PREDICTION, Optional.of("models/board-defects/1")),
                ModelRole.of(TileInspector.ROLE, ModelRole.Kind.PREDICTION),
                ModelRole.of(TileInspector.PICTURE_ROLE, ModelRole.Kind.PREDICTION),
                ModelRole.of(SoundMemory.ROLE, ModelRole.Kind.PREDICTION),
                ModelRole.of(StripBoxes.ROLE, ModelRole.Kind.PREDICTION),
                ModelRole.of(PictureFeatures.ROLE, ModelRole.Kind.IMAGE_FEATURES));
    }

    @Override
    public List<ModelRole> roles() {
        return inspectionRoles();
    }

    @Override
    public Outcome<Inspection> run(DefectInput input, TaskContext context) {
        return new Inspector(context.models()).inspect(input);
    }

    @Override
    public List<Benchmark> benchmarks() {
        return List.of(
                new StripBenchmark("x-sdd"),
                new StripBenchmark("neu-cls"),
                new DeepPcbBenchmark(),
                new TileBenchmark(),
                new SoundPartsBenchmark(),
                new BoxBenchmark());
    }

    @Override
    public List<Gate> gates() {
        return List.of(
                Gate.atLeast(StripInspector.ROLE, "x-sdd", "accuracy", 0.93),
                Gate.atLeast(BoardInspector.ROLE, "deeppcb", "map", 0.95),
                Gate.atLeast(TileInspector.ROLE, "magnetic-tile", "pixel-auroc", 0.85),
                Gate.atLeast(TileInspector.PICTURE_ROLE, "magnetic-tile", "image-auroc", 0.95),
                Gate.atLeast(SoundMemory.ROLE, "sound-parts", "image-auroc", 0.9),
                Gate.atLeast(StripBoxes.ROLE, "neu-det", "map-50", 0.6));
    }

    @Override
    public List<TrainingRecipe> recipes() {
        return List.of(
                new StripRecipe("x-sdd"),
                new StripRecipe("neu-cls"),
                new DeepPcbRecipe(),
                new TileRecipe(),
                new SoundPartsRecipe(),
                new BoxRecipe());
    }

    @Override
    public Optional<Signals<DefectInput, Inspection>> signals() {
        return Optional.of((input, inspection) -> {
            var signals = new ArrayList<Signal>();
            if (inspection.condition() != null) {
                signals.add(Signal.input("brightness", inspection.condition().brightness()));
                signals.add(Signal.input("contrast", inspection.condition().contrast()));
                signals.add(Signal.input("sharpness", inspection.condition().sharpness()));
            }
            if (inspection.defects().isEmpty()) {
                signals.add(Signal.output("defect", "none"));
            } else {
                signals.add(
                        Signal.output("defect", inspection.defects().getFirst().kind()));
                signals.add(
                        Signal.output("score", inspection.defects().getFirst().score()));
            }
            return signals;
        });
    }

    @Override
    public List<Sample> samples() {
        return List.of(
                new Sample(
                        "circuit-board",
                        new LocalText("Circuit board with its template", "电路板及其模板"),
                        Map.of("picture", file("board.png"), "template", file("board-template.png")),
                        Map.of("millimetresPerPixel", "0.02")),
                new Sample(
                        "steel-strip",
                        new LocalText("Steel strip with a scratch", "带划伤的带钢"),
                        Map.of("picture", file("strip.png")),
                        Map.of("line", "STEEL_STRIP")));
    }

    private static URL file(String name) {
        return Objects.requireNonNull(
                DefectDetectionTask.class.getResource("/samples/defect/" + name),
                "the sample is not on the class path");
    }

    @Override
    public List<Panel> panels() {
        return List.of(
                new Panel.Value(new LocalText("Verdict", "判定"), "/verdict"),
                new Panel.Value(new LocalText("Rule", "规则"), "/rule"),
                new Panel.Table(
                        new LocalText("Light and focus", "光照与对焦"),
                        "/warnings",
                        List.of(new Panel.Column(new LocalText("Warning", "警告"), "/text"))),
                new Panel.Picture(new LocalText("Picture", "图片"), "picture"),
                new Panel.Table(
                        new LocalText("Defects", "缺陷"),
                        "/defects",
                        List.of(
                                new Panel.Column(new LocalText("Kind", "类型"), "/title"),
                                new Panel.Column(new LocalText("Score", "置信度"), "/score"),
                                new Panel.Column(new LocalText("X (px)", "X（像素）"), "/x"),
                                new Panel.Column(new LocalText("Y (px)", "Y（像素）"), "/y"),
                                new Panel.Column(new LocalText("Width (px)", "宽（像素）"), "/width"),
                                new Panel.Column(new LocalText("Height (px)", "高（像素）"), "/height"))));
    }
}
