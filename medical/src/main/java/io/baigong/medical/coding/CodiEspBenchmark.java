package io.baigong.medical.coding;

import io.baigong.measures.Bootstrap;
import io.baigong.measures.Interval;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evaluation.Metric;
import io.baigong.spi.Progress;
import io.baigong.spi.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code codiesp}: ICD-10-CM codes of Spanish clinical cases, as the CodiEsp-D task measures them (CEUR-WS 2696, paper 263).
 *
 * <p>A case comes with its English machine translation, and the main figures use both texts, as most of the task's participants
 * did; figures from either text alone are beside them, and so is a baseline of titles.
 */
public final class CodiEspBenchmark implements Benchmark {
    static final List<String> NAMES = List.of(
            "map",
            "micro_precision",
            "micro_recall",
            "micro_f1",
            "macro_f1",
            "category_micro_f1",
            "chapter_micro_f1",
            "recall_seen_codes",
            "recall_unseen_codes",
            "recall_at_50",
            "candidate_recall",
            "evidence_overlap",
            "evidence_overlap_same_code",
            "evidence_span_f1",
            "expected_calibration_error");

    /** So many of {@link #NAMES} are measured of groups of patients. */
    private static final int OF_GROUPS = 4;

    private static final long SEED = 2696_263L;

    private final CodingModels models;

    CodiEspBenchmark(CodingModels models) {
        this.models = models;
    }

    @Override
    public String name() {
        return "codiesp";
    }

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        List<CodiEspCase> cases = CodiEspCase.part(data, "test", "dev", "train");
        Coder coder = models.coder(context.models());
        Coder titles = Coder.byTitles(models.titlesAlone());
        var metrics = new LinkedHashMap<String, Metric>();
        List<CodiEspScore> both = scores(cases, coder, true, true, progress.part(0, 0.35));
        put(metrics, "", both, NAMES.size());
        put(metrics, "spanish_only_", scores(cases, coder, true, false, progress.part(0.35, 0.55)), 4);
        put(metrics, "english_only_", scores(cases, coder, false, true, progress.part(0.55, 0.75)), 4);
        put(metrics, "lexical_baseline_", scores(cases, titles, true, true, progress.part(0.75, 1)), 4);
        return new Evaluation(cases.size(), metrics, subgroups(cases, both));
    }

    private record Told(Patient patient, CodiEspScore score) {}

    private static List<Evaluation.Subgroup> subgroups(List<CodiEspCase> cases, List<CodiEspScore> scores) {
        var told = new ArrayList<Told>();
        for (int i = 0; i < scores.size(); i++) {
            told.add(new Told(Patient.of(cases.get(i).spanish()), scores.get(i)));
        }
        return Stream.concat(
                        Evaluation.Subgroup.of(
                                "sex", told, each -> each.patient().sex(), CodiEspBenchmark::ofGroup)
                                .stream(),
                        Evaluation.Subgroup.of(
                                "age", told, each -> each.patient().age(), CodiEspBenchmark::ofGroup)
                                .stream())
                .filter(group -> !group.name().equals(Patient.UNSAID))
                .toList();
    }

    private static Map<String, Metric> ofGroup(List<Told> group) {
        var metrics = new LinkedHashMap<String, Metric>();
        put(metrics, "", group.stream().map(Told::score).toList(), OF_GROUPS);
        return metrics;
    }

    static List<CodiEspScore> scores(
            List<CodiEspCase> cases, Coder coder, boolean spanish, boolean english, Progress progress) {
        var scores = new ArrayList<CodiEspScore>();
        for (CodiEspCase each : cases) {
            var note = new CodeCandidates.Note(spanish ? each.spanish() : "", english ? each.english() : "");
            scores.add(CodiEspScore.of(
                    each, coder.rank(note), coder.memory().given().keySet()));
            progress.at((double) scores.size() / cases.size(), "coding notes");
        }
        return scores;
    }

    private static void put(Map<String, Metric> metrics, String prefix, List<CodiEspScore> scores, int most) {
        List<Interval> intervals = Bootstrap.seeded(SEED).intervals(scores, CodiEspScore::figures);
        for (int i = 0; i < most; i++) {
            Interval interval = intervals.get(i);
            // A resample has fewer different codes, so its macro average is of something else.
            boolean spans = !NAMES.get(i).equals("macro_f1");
            if (!Double.isNaN(interval.value())) {
                metrics.put(
                        prefix + NAMES.get(i),
                        new Metric(
                                interval.value(),
                                spans ? interval.low() : interval.value(),
                                spans ? interval.high() : interval.value(),
                                "ratio",
                                interval.draws()));
            }
        }
    }
}
