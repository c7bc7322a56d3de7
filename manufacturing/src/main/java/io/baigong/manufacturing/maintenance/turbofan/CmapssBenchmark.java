package io.baigong.manufacturing.maintenance.turbofan;

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
import java.util.random.RandomGenerator;

/**
 * {@code cmapss}: remaining useful life of engines, one row of metrics a set.
 *
 * <p>The official test set where it is there with its lives; else the engines that ran to failure, each cut off once at random as the
 * test sets are. Lives are capped at 125 cycles on both sides. Intervals are over engines.
 */
public final class CmapssBenchmark implements Benchmark {
    @Override
    public String name() {
        return "cmapss";
    }

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        var sets = new CmapssSets(data);
        var life = new RemainingLife(context.models());
        var metrics = new LinkedHashMap<String, Metric>();
        int engines = 0;
        List<String> names = sets.names();
        for (int i = 0; i < names.size(); i++) {
            String set = names.get(i);
            progress.at((double) i / names.size(), set);
            List<CmapssSets.Cut> cuts = sets.test(set);
            if (cuts.isEmpty()) {
                cuts = truncated(sets.training(set), context.random());
            }
            if (cuts.isEmpty()) {
                continue;
            }
            LifeScore.report(set, scores(life, cuts), metrics);
            engines += cuts.size();
        }
        if (engines == 0) {
            throw new IOException(data + " holds no training set, and no test set with its RUL file");
        }
        progress.at(1, "done");
        return new Evaluation(engines, metrics);
    }

    private static List<LifeScore> scores(RemainingLife life, List<CmapssSets.Cut> cuts) {
        List<RemainingLife.Life> lives =
                life.of(cuts.stream().map(CmapssSets.Cut::engine).toList());
        var scores = new ArrayList<LifeScore>();
        for (int i = 0; i < cuts.size(); i++) {
            scores.add(new LifeScore(lives.get(i), Math.min(cuts.get(i).left(), RemainingLife.CAP)));
        }
        return scores;
    }

    private static List<CmapssSets.Cut> truncated(List<Engine> engines, RandomGenerator random) {
        return engines.stream()
                .map(engine -> {
                    int seen = Truncation.cycles(engine, random);
                    return new CmapssSets.Cut(engine.after(seen), engine.cycles() - seen);
                })
                .toList();
    }
}
