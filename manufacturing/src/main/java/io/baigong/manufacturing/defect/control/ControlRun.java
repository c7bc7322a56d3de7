package io.baigong.manufacturing.defect.control;

import io.baigong.manufacturing.TemporaryFolder;
import io.baigong.manufacturing.defect.control.ControlReport.Part;
import io.baigong.manufacturing.defect.control.ControlReport.SampleRow;
import io.baigong.manufacturing.defect.image.UnreadablePicture;
import io.baigong.manufacturing.defect.inspect.DefectInput;
import io.baigong.manufacturing.defect.inspect.Inspection;
import io.baigong.manufacturing.defect.inspect.Inspection.Verdict;
import io.baigong.manufacturing.defect.inspect.Inspection.Warning;
import io.baigong.manufacturing.defect.inspect.Inspector;
import io.baigong.manufacturing.defect.quality.Condition;
import io.baigong.manufacturing.defect.quality.ConditionRange;
import io.baigong.manufacturing.defect.quality.ControlRule;
import io.baigong.manufacturing.defect.quality.ProportionChart;
import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evidence;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import io.baigong.spi.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run: inspects the pictures, and draws the chart. */
final class ControlRun {
    private static final int USUAL_SAMPLE = 20;
    private static final int LARGEST_SAMPLE = 10_000;
    private static final int MOST_COUNTS = 10_000;

    private final ControlInput input;
    private final Models models;
    private final boolean chinese;

    private final List<Named> samples = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<Double> confidences = new ArrayList<>();
    private @Nullable Inspection last;

    private record Named(String name, ProportionChart.Sample sample) {}

    ControlRun(ControlInput input, Models models) {
        this.input = input;
        this.models = models;
        this.chinese = "zh".equals(input.language());
    }

    Outcome<ControlReport> run() {
        try {
            check();
            count();
            if (input.pictures() != null) {
                inspect(input.pictures());
            }
            if (samples.isEmpty()) {
                Part first = parts.getFirst();
                throw refused("none of the %d pictures could be inspected; %s: %s"
                        .formatted(parts.size(), first.name(), first.remark()));
            }
            return answer();
        } catch (UnreadablePicture e) {
            return new Outcome.Failed<>(e.code(), String.valueOf(e.getMessage()), e.remedy());
        } catch (ModelException e) {
            return new Outcome.Failed<>(
                    e.code(), String.valueOf(e.getMessage()), "Ask the operator which model fills the role.");
        } catch (IOException e) {
            return new Outcome.Failed<>(
                    ErrorCode.User.CORRUPT,
                    "the pictures can't be unpacked: " + e.getMessage(),
                    "Pack them into a zip file anew.");
        }
    }

    private static UnreadablePicture refused(String detail) {
        return new UnreadablePicture(
                ErrorCode.User.INVALID, detail, "See the guide of defect detection for what a control chart takes.");
    }

    private void check() throws UnreadablePicture {
        if (input.pictures() == null
                && (input.counts() == null || input.counts().isEmpty())) {
            throw new UnreadablePicture(
                    ErrorCode.User.EMPTY,
                    "there are neither pictures nor counts",
                    "Send a zip file of pictures, or counts of parts inspected and rejected.");
        }
        if (input.language() != null && !input.language().equals("en") && !chinese) {
            throw refused("texts come in the language en or zh, not in \"%s\"".formatted(input.language()));
        }
        if (input.centre() != null && !(input.centre() > 0 && input.centre() < 1)) {
            throw refused("the centre of a p chart lies between 0 and 1, not at " + input.centre());
        }
        if (input.sampleSize() != null && !(input.sampleSize() >= 2 && input.sampleSize() <= LARGEST_SAMPLE)) {
            throw refused("a sample has from 2 to %d parts, not %d".formatted(LARGEST_SAMPLE, input.sampleSize()));
        }
    }

    private void count() throws UnreadablePicture {
        List<ControlInput.Counted> counts = Objects.requireNonNullElse(input.counts(), List.of());
        if (counts.size() > MOST_COUNTS) {
            throw refused("at most %d counts make a chart, not %d".formatted(MOST_COUNTS, counts.size()));
        }
        for (int i = 0; i < counts.size(); i++) {
            ControlInput.Counted each = counts.get(i);
            if (each == null) {
                throw refused("count %d is empty".formatted(i + 1));
            }
            try {
                samples.add(new Named(
                        each.name() == null ? String.valueOf(i + 1) : each.name(),
                        new ProportionChart.Sample(each.inspected(), each.rejected())));
            } catch (IllegalArgumentException e) {
                throw refused("count %d: %s".formatted(i + 1, e.getMessage()));
            }
        }
    }

    private void inspect(Attachment pictures) throws IOException {
        int size = Objects.requireNonNullElse(input.sampleSize(), USUAL_SAMPLE);
        var inspector = new Inspector(models);
        var sample = new ArrayList<Part>();
        try (var zip = PictureZip.open(pictures.file());
                var folder = new TemporaryFolder()) {
            List<String> names = zip.names();
            for (int i = 0; i < names.size(); i++) {
                Part part = inspect(inspector, zip, i, names.get(i), folder);
                parts.add(part);
                if (part.verdict() != null) {
                    sample.add(part);
                }
                if (sample.size() == size || (i == names.size() - 1 && !sample.isEmpty())) {
                    int rejected = (int) sample.stream()
                            .filter(each -> each.verdict() == Verdict.FAIL)
                            .count();
                    samples.add(new Named(
                            sample.getFirst().name() + " – " + sample.getLast().name(),
                            new ProportionChart.Sample(sample.size(), rejected)));
                    sample.clear();
                }
            }
        }
    }

    /** A picture that can't be read is a part without a verdict; what is wrong with the request or the model fails the run. */
    private Part inspect(Inspector inspector, PictureZip zip, int index, String name, TemporaryFolder folder)
            throws IOException {
        var file = folder.path().resolve("picture");
        try {
            zip.unpack(index, file);
        } catch (UnreadablePicture e) {
            return new Part(name, null, "", 0, null, List.of(), String.valueOf(e.getMessage()));
        }
        Outcome<Inspection> outcome = inspector.inspect(new DefectInput(
                new Attachment(name, file),
                input.template(),
                input.brightCopper(),
                input.line(),
                null,
                input.threshold(),
                input.escapeCost(),
                input.overkillCost(),
                input.defectShare(),
                null,
                null,
                input.language()));
        return switch (outcome) {
            case Outcome.Answered<Inspection> answered -> part(name, answered);
            case Outcome.Abstained<Inspection> abstained ->
                new Part(name, null, "", 0, null, List.of(), abstained.reason());
            case Outcome.Failed<Inspection> failed -> {
                if (!(failed.code() instanceof ErrorCode.User)) {
                    throw new ModelException(failed.code(), failed.detail());
                }
                yield new Part(name, null, "", 0, null, List.of(), failed.detail());
            }
        };
    }

    private Part part(String name, Outcome.Answered<Inspection> answered) {
        Inspection inspection = answered.value();
        last = inspection;
        confidences.add(answered.confidence());
        boolean sound = inspection.defects().isEmpty();
        return new Part(
                name,
                inspection.verdict(),
                sound ? "" : inspection.defects().getFirst().kind(),
                sound ? 0 : inspection.defects().getFirst().score(),
                inspection.condition(),
                inspection.warnings(),
                String.join(
                        "; ", inspection.warnings().stream().map(Warning::text).toList()));
    }

    private Outcome<ControlReport> answer() {
        ControlRule.Set rules = Objects.requireNonNullElse(input.rules(), ControlRule.Set.WESTERN_ELECTRIC);
        List<ProportionChart.Sample> counted =
                samples.stream().map(Named::sample).toList();
        double centre = input.centre() == null ? ProportionChart.centreOf(counted) : input.centre();
        var chart = centre > 0 && centre < 1 ? new ProportionChart(centre) : null;
        List<SampleRow> rows = rows(chart, rules);
        Boolean inControl = chart == null
                ? null
                : rows.stream().allMatch(row -> row.signals().isEmpty());
        var report = new ControlReport(
                inControl,
                verdict(inControl, centre),
                counted.stream().mapToInt(ProportionChart.Sample::inspected).sum(),
                counted.stream().mapToInt(ProportionChart.Sample::rejected).sum(),
                chart == null ? null : centre,
                input.centre() != null,
                rules,
                rows,
                List.copyOf(parts),
                drift(),
                last == null ? null : last.rule(),
                last == null ? null : last.expected());
        List<Evidence> evidence = rows.stream()
                .flatMap(row -> row.signals().stream())
                .distinct()
                .map(rule -> (Evidence) new Evidence.Rule(rule.name(), rules.citation()))
                .toList();
        double confidence =
                confidences.stream().mapToDouble(Double::doubleValue).average().orElse(1);
        return new Outcome.Answered<>(report, List.of(), evidence, confidence);
    }

    private List<SampleRow> rows(@Nullable ProportionChart chart, ControlRule.Set rules) {
        double[] deviations = chart == null
                ? new double[0]
                : samples.stream()
                        .mapToDouble(each -> chart.standardised(each.sample))
                        .toArray();
        var rows = new ArrayList<SampleRow>();
        for (int i = 0; i < samples.size(); i++) {
            ProportionChart.Sample sample = samples.get(i).sample;
            List<ControlRule> signals = chart == null ? List.of() : rules.at(i, deviations);
            rows.add(new SampleRow(
                    samples.get(i).name,
                    sample.inspected(),
                    sample.rejected(),
                    sample.share(),
                    chart == null ? null : chart.lower(sample.inspected()),
                    chart == null ? null : chart.upper(sample.inspected()),
                    signals,
                    String.join(
                            chinese ? "；" : "; ",
                            signals.stream()
                                    .map(rule -> chinese
                                            ? rule.text().zh()
                                            : rule.text().en())
                                    .toList())));
        }
        return rows;
    }

    private String verdict(@Nullable Boolean inControl, double centre) {
        if (inControl == null) {
            return centre == 0
                    ? chinese ? "无不合格品，无法定控制限：请给出 centre" : "nothing was rejected, which sets no limits: give centre"
                    : chinese ? "全部不合格，无法定控制限：请给出 centre" : "all were rejected, which sets no limits: give centre";
        }
        return inControl ? chinese ? "受控" : "in control" : chinese ? "失控" : "out of control";
    }

    private List<Warning> drift() {
        List<Condition> conditions =
                parts.stream().map(Part::condition).filter(Objects::nonNull).toList();
        if (last == null || input.template() != null) {
            return List.of();
        }
        return ConditionRange.beside(models, Inspector.role(last.line()))
                .map(range -> range.drift(conditions).stream()
                        .map(kind -> new Warning(
                                kind,
                                chinese
                                        ? "半数以上的图片比训练图片" + kind.text().zh()
                                        : "half of the pictures are "
                                                + kind.text().en()
                                                + " than nineteen in twenty of those that the model learned from"))
                        .toList())
                .orElse(List.of());
    }
}
