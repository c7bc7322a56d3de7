package io.baigong.medical.coding;

import io.baigong.measures.Counts;
import io.baigong.medical.TemporaryFolder;
import io.baigong.medical.code.IcdImport;
import io.baigong.medical.code.IcdTable;
import io.baigong.medical.note.Sentence;
import io.baigong.spi.LabelledRows;
import io.baigong.spi.Models;
import io.baigong.spi.Progress;
import io.baigong.spi.TextEncoder;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import io.baigong.spi.TreeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the ranker of codes is made from CodiEsp: learned from its {@code train}, its threshold chosen on its {@code dev}.
 *
 * <p>No case's features know its own codes: phrases and counts are those of the other folds of patients. Each case is learned from
 * with both texts, with the Spanish alone, and with the English alone.
 */
public final class CodingRecipe implements TrainingRecipe {
    private static final int FOLDS = 10;

    private final String role;

    CodingRecipe(String role) {
        this.role = role;
    }

    @Override
    public String benchmark() {
        return "codiesp";
    }

    @Override
    public void train(Path data, Path out, TrainingContext context) throws IOException {
        if (!Files.isDirectory(data)) {
            throw new IOException(data + " is no folder: codiesp-train.jsonl.gz and codiesp-dev.jsonl.gz are needed");
        }
        List<CodiEspCase> train = CodiEspCase.part(data, "train");
        List<CodiEspCase> dev = CodiEspCase.part(data, "dev");
        if (train.size() < FOLDS) {
            throw new IOException("%d cases are too few to learn from".formatted(train.size()));
        }
        IcdTable table = IcdImport.in(data).orElseGet(IcdTable::shipped);
        TitleBook titles = TitleBook.of(table);
        List<CodeText> texts = CodeText.of(table);
        Lexicon.Learner spanish =
                Lexicon.quoted(train.stream().map(CodingRecipe::spanish).toList(), CodingModels.SHARE);
        Lexicon.Learner english =
                Lexicon.mined(train.stream().map(CodingRecipe::english).toList());
        var rows = new ArrayList<LabelledRows.Row>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int own = fold;
            IntPredicate others = i -> i % FOLDS != own;
            var memory = new CodeMemory(table, titles, spanish.of(others), english.of(others), given(train, others));
            try (var folder = new TemporaryFolder()) {
                CodeCandidates candidates =
                        candidates(train, others, memory, texts, folder.path(), context, Progress.SILENT);
                for (int i = fold; i < train.size(); i += FOLDS) {
                    rows.addAll(rows(train.get(i), candidates));
                }
            }
            context.progress().at(0.6 * (fold + 1) / FOLDS, "candidates");
        }
        context.growTrees(
                spec(context.seed()),
                new LabelledRows(rows),
                new LabelledRows(List.of()),
                out,
                context.progress().part(0.6, 0.8));
        CodeMemory memory =
                new CodeMemory(table, titles, spanish.of(i -> true), english.of(i -> true), given(train, i -> true));
        CodeCandidates candidates = candidates(
                train,
                i -> true,
                memory,
                texts,
                out,
                context,
                context.progress().part(0.8, 0.85));
        Models models = context.modelsWith(role, out);
        List<List<Ranked>> ranked = new ArrayList<>();
        Coder coder = Coder.byTrees(candidates, tensor -> models.predict(role, tensor), 0);
        for (CodiEspCase each : dev) {
            ranked.add(coder.rank(new CodeCandidates.Note(each.spanish(), each.english())));
            context.progress().at(0.85 + 0.15 * ranked.size() / dev.size(), "choosing the threshold");
        }
        double threshold = threshold(dev, ranked);
        CodingModels.write(out, memory, threshold);
        double[] figures = CodiEspScore.figures(CodiEspBenchmark.scores(
                dev,
                Coder.byTrees(candidates, tensor -> models.predict(role, tensor), threshold),
                true,
                true,
                Progress.SILENT));
        Files.writeString(out.resolve("README.md"), card(context.seed(), train.size(), dev.size(), table, figures));
        context.progress().at(1, "done");
    }

    /** Candidates by what was learned of some cases; the encoder is written to the folder. */
    private static CodeCandidates candidates(
            List<CodiEspCase> cases,
            IntPredicate which,
            CodeMemory memory,
            List<CodeText> texts,
            Path folder,
            TrainingContext context,
            Progress progress)
            throws IOException {
        Stream<CodiEspCase> learned =
                IntStream.range(0, cases.size()).filter(which).mapToObj(cases::get);
        TextEncoder encoder = context.tuneEncoderBeside(
                EncoderPairs.spec(context.seed()), EncoderPairs.of(memory.table(), learned), folder, progress);
        return new CodeCandidates(memory, CodeVectors.of(texts, memory.spanish(), encoder), encoder);
    }

    private static Lexicon.Coded spanish(CodiEspCase of) {
        return new Lexicon.Coded(
                Sentence.of(of.spanish()),
                Set.copyOf(of.codes()),
                of.evidence().stream()
                        .map(q -> new Lexicon.Quoted(PhraseBook.stems(Sentence.of(q.words())), q.code()))
                        .toList());
    }

    private static Lexicon.Coded english(CodiEspCase of) {
        return new Lexicon.Coded(Sentence.of(of.english()), Set.copyOf(of.codes()), List.of());
    }

    private static Map<String, Float> given(List<CodiEspCase> cases, IntPredicate which) {
        var counts = new HashMap<String, Float>();
        int all = 0;
        for (int i = 0; i < cases.size(); i++) {
            if (which.test(i)) {
                all++;
                cases.get(i).codes().forEach(code -> counts.merge(code, 1f, Float::sum));
            }
        }
        float notes = all;
        counts.replaceAll((code, count) -> count / notes);
        return counts;
    }

    private static List<LabelledRows.Row> rows(CodiEspCase of, CodeCandidates candidates) {
        var rows = new ArrayList<LabelledRows.Row>();
        for (var note : List.of(
                new CodeCandidates.Note(of.spanish(), of.english()),
                new CodeCandidates.Note(of.spanish(), ""),
                new CodeCandidates.Note("", of.english()))) {
            for (CodeCandidate candidate : candidates.of(note)) {
                rows.add(new LabelledRows.Row(
                        candidate.features(), of.codes().contains(candidate.code()) ? 1 : 0, 1, of.id()));
            }
        }
        return rows;
    }

    private static TreeSpec spec(long seed) {
        return new TreeSpec(
                "code-ranker",
                "2",
                CodeCandidate.FEATURES,
                new TreeSpec.Objective.Probability(),
                Map.of(),
                200,
                0,
                6,
                0.05,
                0.8,
                0.6,
                3,
                3,
                seed);
    }

    /** The threshold whose micro-averaged F1 is best. */
    static double threshold(List<CodiEspCase> cases, List<List<Ranked>> ranked) {
        double best = 0.5;
        double most = -1;
        for (int step = 4; step <= 14; step++) {
            double threshold = step / 20.0;
            long right = 0;
            long wrong = 0;
            long gold = 0;
            for (int i = 0; i < cases.size(); i++) {
                gold += cases.get(i).codes().size();
                for (Ranked each : ranked.get(i)) {
                    if (each.probability() >= threshold) {
                        boolean hit =
                                cases.get(i).codes().contains(each.candidate().code());
                        right += hit ? 1 : 0;
                        wrong += hit ? 0 : 1;
                    }
                }
            }
            double f1 = new Counts(right, wrong, gold - right).f1();
            if (f1 > most) {
                most = f1;
                best = threshold;
            }
        }
        return best;
    }

    private static String card(long seed, int learned, int chosen, IcdTable table, double[] figures) {
        return String.format(
                Locale.ROOT,
                """
                # code-ranker 2

                Ranks ICD-10-CM codes for a clinical note: boosted trees over candidates from quoted phrases, mined phrases and titles,
                compared by words and by an encoder of character n-grams that lies beside them.

                - **Data**: CodiEsp (Miranda-Escalada et al. 2020), %d training cases, CC BY 4.0, Barcelona Supercomputing Center.
                - **Licence of this artifact**: CC BY 4.0; name CodiEsp and the Barcelona Supercomputing Center. The code table beside it
                  is ICD-10-CM of fiscal year %s, %d codes, public domain.
                - **Made by**: `./baigong train medical.icd-coding --benchmark codiesp --data DATA --out DIR --seed %d`.
                - **Measured** on the %d cases of the development part, on which the threshold was chosen, from the Spanish text with its
                  English machine translation: MAP %.3f, micro-averaged F1 %.3f (precision %.3f, recall %.3f).
                - **Limits**: published case reports, not hospital records. Annotators of CodiEsp coded what is said to be absent too.
                  English alone is read much less well than Spanish, Chinese only by a short list of names. It proposes; a coder decides.
                """,
                learned,
                table.version(),
                table.size(),
                seed,
                chosen,
                figures[0],
                figures[3],
                figures[1],
                figures[2]);
    }
}
