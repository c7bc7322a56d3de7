package io.baigong.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.compute.Priority;
import io.baigong.host.reference.ReferenceStore;
import io.baigong.host.trial.CountWords;
import io.baigong.journal.Actor;
import io.baigong.journal.RunRecord;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evidence;
import io.baigong.spi.Outcome;
import io.baigong.spi.TaskContext;
import io.baigong.testkit.FakeModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRunnerTest {
    private final List<RunRecord> journal = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    private record Config(Duration deadline, int concurrent, int queue, Duration maxWait) implements RunConfig {}

    private TaskRunner runner(Duration deadline, int queue) {
        return new TaskRunner(
                run -> FakeModels.none(),
                (run, contents) -> journal.add(run),
                new Config(deadline, 1, queue, Duration.ofSeconds(5)),
                new ReferenceStore(folder),
                InstantSource.system());
    }

    private RunRequest request(String text, Map<String, String> fields) throws IOException {
        Path file = Files.createTempFile(folder, "in", ".txt");
        Files.writeString(file, text, java.nio.charset.StandardCharsets.ISO_8859_1);
        return new RunRequest(
                new CountWords(),
                List.of(new GivenFile("document", "note.txt", file)),
                fields,
                Actor.of("tester"),
                OptionalLong.empty());
    }

    private FinishedRun run(String text) throws IOException {
        return runner(Duration.ofSeconds(10), 8).run(request(text, Map.of()));
    }

    @Test
    void anAnswerIsJournalledWithTheEvidenceThatStandsUp() throws IOException {
        var run = run("one two one");

        assertThat(journal).containsExactly(run.entry());
        var answered = (RunRecord.Answered) run.entry().ending();
        assertThat(answered.output()).contains("\"total\":3");
        assertThat(answered.evidence())
                .containsExactly(
                        new Evidence.TextSpan("document", 0, 3, "one"),
                        new Evidence.Rule("spaces", "a word ends at a space"));
        assertThat(answered.droppedEvidence()).isEqualTo(1);
        assertThat(run.entry().attachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.mediaType()).isEqualTo("text/plain");
            assertThat(attachment.bytes()).isEqualTo(11);
            // printf 'one two one' | sha256sum
            assertThat(attachment.sha256())
                    .isEqualTo("f45bff35e1d28ac626ede7ee837d1fd45c7c7ef365c6cb73eea2cb314444a395");
        });
        assertThat(run.entry().caller()).isEqualTo(Actor.of("tester"));
    }

    @Test
    void theInputDigestDependsOnFilesAndFieldsAlone() throws IOException {
        var runner = runner(Duration.ofSeconds(10), 8);
        String digest =
                runner.run(request("a b", Map.of("longest", "3"))).entry().inputSha256();

        assertThat(runner.run(request("a b", Map.of("longest", "3"))).entry().inputSha256())
                .isEqualTo(digest);
        assertThat(runner.run(request("a b", Map.of("longest", "4"))).entry().inputSha256())
                .isNotEqualTo(digest);
        assertThat(runner.run(request("a c", Map.of("longest", "3"))).entry().inputSha256())
                .isNotEqualTo(digest);
    }

    @Test
    void aFailureOfTheInputIsJournalled() throws IOException {
        var run = run("");

        assertThat(run.entry().ending())
                .isEqualTo(new RunRecord.Failed("empty", "the file is empty", "Send one that is not."));
        assertThat(journal).hasSize(1);
    }

    @Test
    void aFieldThatDoesNotFitFailsTheRun() throws IOException {
        var run = runner(Duration.ofSeconds(10), 8).run(request("a", Map.of("letters", "UPPER")));

        var failed = (RunRecord.Failed) run.entry().ending();
        assertThat(failed.code()).isEqualTo("invalid");
        assertThat(failed.remedy()).contains("AS_GIVEN, LOWER_CASE");
        assertThat(journal).hasSize(1);
    }

    @Test
    void aFaultTellsNothingOfTheInside() throws IOException {
        var failed = (RunRecord.Failed) run("!throw").entry().ending();

        assertThat(failed.code()).isEqualTo("fault");
        assertThat(failed.detail()).doesNotContain("secret");
    }

    @Test
    void aConfidenceThatIsNoneIsAFault() throws IOException {
        assertThat(((RunRecord.Failed) run("!doubt").entry().ending()).code()).isEqualTo("fault");
    }

    @Test
    void aStackOverflowIsAFailureAndTheRunnerGoesOn() throws IOException {
        var runner = runner(Duration.ofSeconds(10), 8);

        var failed = (Outcome.Failed<?>) runner.run(request("!deep", Map.of())).outcome();

        assertThat(failed.code()).isEqualTo(ErrorCode.Resource.EXHAUSTED);
        assertThat(runner.run(request("fine", Map.of())).outcome()).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void anAbstentionIsJournalled() throws IOException {
        assertThat(run("!abstain").entry().ending()).isEqualTo(new RunRecord.Abstained("not sure"));
    }

    @Test
    void theDeadlineEndsARun() throws IOException {
        long begin = System.nanoTime();

        var failed = (RunRecord.Failed) runner(Duration.ofMillis(200), 8)
                .run(request("!sleep", Map.of()))
                .entry()
                .ending();

        assertThat(failed.code()).isEqualTo("timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whoFindsNoPlaceIsToldToComeBack() throws Exception {
        var runner = runner(Duration.ofSeconds(2), 1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<FinishedRun>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                var request = request("!sleep", Map.of());
                runs.add(callers.submit(() -> runner.run(request)));
            }
            int busy = 0;
            for (Future<FinishedRun> run : runs) {
                if (run.get().outcome() instanceof Outcome.Failed<?> failed
                        && failed.code() == ErrorCode.Resource.BUSY) {
                    busy++;
                }
            }
            assertThat(busy).isEqualTo(2);
            assertThat(journal).hasSize(4);
        }
    }

    @Test
    void aRunThatTheJournalDoesNotTakeIsNotAnswered() throws IOException {
        var runner = new TaskRunner(
                run -> FakeModels.none(),
                (run, contents) -> {
                    throw new IllegalStateException("no database");
                },
                new Config(Duration.ofSeconds(5), 1, 1, Duration.ofSeconds(1)),
                new ReferenceStore(folder),
                InstantSource.system());
        var request = request("one", Map.of());

        assertThatThrownBy(() -> runner.run(request)).hasMessage("no database");
    }

    @Test
    void hostileTextComesOutStorable() throws IOException {
        var answered = (RunRecord.Answered) run("a\0b").entry().ending();

        assertThat(answered.output()).contains("a\uFFFDb").doesNotContain("\\u0000");
    }

    @Test
    void whatNobodyWaitsForAsksModelsAsABatch() throws Exception {
        var seen = new ArrayList<Priority>();
        var task = new CountWords() {
            @Override
            public Outcome<Output> run(Input input, TaskContext context) {
                seen.add(Priority.current());
                return super.run(input, context);
            }
        };
        var runner = runner(Duration.ofSeconds(10), 8);
        RunRequest plain = request("a b", Map.of());
        var request = new RunRequest(task, plain.files(), plain.fields(), plain.caller(), OptionalLong.empty());
        runner.run(request);
        runner.runUnattended(request, Duration.ZERO);
        assertThat(seen).containsExactly(Priority.INTERACTIVE, Priority.BATCH);
    }
}
