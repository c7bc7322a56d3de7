package io.baigong.host.run;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.baigong.compute.Priority;
import io.baigong.gateway.Gateway;
import io.baigong.host.reference.ReferenceStore;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.journal.Tenancy;
import io.baigong.journal.WithoutWords;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import io.baigong.spi.Outcome;
import io.baigong.spi.References;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Runs tasks: binds the input, waits for a turn, keeps the deadline, checks the evidence, writes the journal. Thread-safe. */
public final class TaskRunner {
    private static final System.Logger LOG = System.getLogger(TaskRunner.class.getName());
    private static final long LOOK_MILLIS = 5;

    private final Function<UUID, Models> models;
    private final RunJournal journal;
    private final RunConfig config;
    private final ReferenceStore references;
    private final InstantSource clock;
    private final Semaphore turns;
    private final AtomicInteger waiting = new AtomicInteger();

    /** How many runs that somebody waits for are at work. */
    private final AtomicInteger attended = new AtomicInteger();

    public TaskRunner(
            Gateway gateway, RunJournal journal, RunConfig config, ReferenceStore references, InstantSource clock) {
        this(gateway::forRun, journal, config, references, clock);
    }

    /** Takes the models of each run from {@code models}, by its id. */
    public TaskRunner(
            Function<UUID, Models> models,
            RunJournal journal,
            RunConfig config,
            ReferenceStore references,
            InstantSource clock) {
        this.models = models;
        this.journal = journal;
        this.config = config;
        this.references = references;
        this.clock = clock;
        turns = new Semaphore(config.concurrent(), true);
    }

    /**
     * Runs a task to its end. Whatever goes wrong in it is an {@link Outcome.Failed}, and is in the journal too.
     *
     * @throws IOException if a given file can't be read
     * @throws RuntimeException if the journal can't be written; then the run is not answered
     */
    public FinishedRun run(RunRequest request) throws IOException {
        attended.incrementAndGet();
        try {
            Ended ended = end(request, request.task(), this::inTurn);
            journal.append(ended.run().entry(), ended.contents());
            return ended.run();
        } finally {
            attended.decrementAndGet();
        }
    }

    /**
     * Runs a task that nobody waits for, without a turn and without writing it down. It begins when no run that somebody waits for is
     * at work, or after {@code patience}.
     *
     * @throws IOException if a given file can't be read
     */
    public Journal.Unwritten runUnattended(RunRequest request, Duration patience)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (attended.get() > 0 && System.nanoTime() < until) {
            Thread.sleep(LOOK_MILLIS);
        }
        Ended ended = end(request, request.task(), this::outOfTurn);
        return new Journal.Unwritten(ended.run().entry(), ended.contents());
    }

    /** A run that has ended and is not written down. */
    private record Ended(FinishedRun run, Map<String, Path> contents) {}

    /** How work gets its time. */
    @FunctionalInterface
    private interface Pace {
        <O> Outcome<O> give(Supplier<Outcome<O>> work);
    }

    private <I extends Record, O extends Record> Ended end(RunRequest request, Task<I, O> task, Pace pace)
            throws IOException {
        UUID id = Journal.newId();
        Instant started = clock.instant();
        long begin = System.nanoTime();
        GivenInput given = GivenInput.of(task, request.files(), request.fields());
        Models lent = models.apply(id);
        Outcome<O> outcome;
        try (var readable = ReadableFiles.of(request.files())) {
            I input = InputBinder.bind(task.inputType(), readable.files(), request.fields());
            long seed = request.seed()
                    .orElseGet(() -> Long.parseUnsignedLong(given.sha256().substring(0, 16), 16));
            var context =
                    new Lent(lent, clock, random(seed), references.of(task.id().vertical()));
            var tenancy = Tenancy.of(request.caller().tenant());
            outcome = pace.give(() -> tenancy.call(() -> attempt(id, task, input, context)));
        } catch (InvalidInput e) {
            outcome = new Outcome.Failed<>(ErrorCode.User.INVALID, e.detail(), e.remedy());
        }
        RunRecord.Ending ending;
        try {
            ending = ending(task, outcome);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            outcome = fault(id, e);
            ending = failure((Outcome.Failed<O>) outcome);
        }
        var entry = new RunRecord(
                id,
                task.id().toString(),
                ending,
                lent.used(),
                given.sha256(),
                given.attachments(),
                Map.copyOf(request.fields()),
                started,
                Duration.ofNanos(System.nanoTime() - begin),
                request.caller(),
                request.occasion());
        return new Ended(new FinishedRun(entry, outcome), given.contents());
    }

    private <O> Outcome<O> inTurn(Supplier<Outcome<O>> work) {
        if (!turns.tryAcquire()) {
            try {
                if (waiting.incrementAndGet() > config.queue()
                        || !turns.tryAcquire(config.maxWait().toMillis(), MILLISECONDS)) {
                    return new Outcome.Failed<>(
                            ErrorCode.Resource.BUSY,
                            "all places for runs are taken",
                            "Try again in a moment. The operator can allow more with baigong.runs.concurrent.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Outcome.Failed<>(
                        ErrorCode.Resource.BUSY, "the platform is shutting down", "Try again when it is back.");
            } finally {
                waiting.decrementAndGet();
            }
        }
        return new Turn<O>(turns::release, work).await(config.deadline());
    }

    private <O> Outcome<O> outOfTurn(Supplier<Outcome<O>> work) {
        return new Turn<O>(() -> {}, () -> Priority.BATCH.call(work::get)).await(config.deadline());
    }

    private static <I extends Record, O extends Record> Outcome<O> attempt(
            UUID id, Task<I, O> task, I input, TaskContext context) {
        try {
            return task.run(input, context);
        } catch (ModelException e) {
            LOG.log(Level.WARNING, "run " + id + ": a model failed", WithoutWords.of(e));
            return new Outcome.Failed<>(e.code(), String.valueOf(e.getMessage()), remedy(e.code()));
        } catch (StackOverflowError | OutOfMemoryError e) {
            LOG.log(Level.WARNING, "run " + id + ": " + e.getClass().getSimpleName());
            return new Outcome.Failed<>(
                    ErrorCode.Resource.EXHAUSTED,
                    "this input needs more memory than the platform has",
                    "Send a smaller file, or give the suite a larger heap with BAIGONG_HEAP.");
        } catch (RuntimeException | Error e) {
            return fault(id, e);
        }
    }

    private static <O> Outcome.Failed<O> fault(UUID id, Throwable e) {
        LOG.log(Level.ERROR, "run " + id + " failed by a fault of the program", WithoutWords.of(e));
        return new Outcome.Failed<>(
                ErrorCode.Internal.FAULT,
                "the program failed on this input",
                "Report it with the run's id; the log of the suite says more.");
    }

    private static String remedy(ErrorCode code) {
        return switch (code) {
            case ErrorCode.User _ -> "Mend the input and send it again.";
            case ErrorCode.Model _ -> "Ask the operator to check the models and their configuration.";
            case ErrorCode.Resource _ -> "Try again in a moment.";
            case ErrorCode.Internal _ -> "Report it with the run's id; the log of the suite says more.";
        };
    }

    private static <O extends Record> RunRecord.Ending ending(Task<?, O> task, Outcome<O> outcome)
            throws JsonProcessingException {
        return switch (outcome) {
            case Outcome.Answered<O> answered -> {
                var check = EvidenceCheck.of(answered.evidence(), answered.sources());
                if (!(answered.confidence() >= 0 && answered.confidence() <= 1)) {
                    throw new IllegalArgumentException("a confidence is in [0, 1], not " + answered.confidence());
                }
                OptionalDouble stake = task.stake(answered.value());
                if (stake.isPresent() && !(stake.getAsDouble() >= 0 && Double.isFinite(stake.getAsDouble()))) {
                    throw new IllegalArgumentException("what is at stake is 0 or more, not " + stake.getAsDouble());
                }
                yield new RunRecord.Answered(
                        PlatformJson.mapper().writeValueAsString(answered.value()),
                        check.kept(),
                        check.dropped(),
                        answered.confidence(),
                        stake.isPresent() ? stake.getAsDouble() : null);
            }
            case Outcome.Abstained<O> abstained -> new RunRecord.Abstained(abstained.reason());
            case Outcome.Failed<O> failed -> failure(failed);
        };
    }

    private static RunRecord.Failed failure(Outcome.Failed<?> failed) {
        return new RunRecord.Failed(failed.code().slug(), failed.detail(), failed.remedy());
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private record Lent(Models models, InstantSource clock, RandomGenerator random, References references)
            implements TaskContext {}
}
