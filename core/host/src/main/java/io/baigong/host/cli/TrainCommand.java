package io.baigong.host.cli;

import io.baigong.gateway.Gateway;
import io.baigong.host.catalogue.DataDigest;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.training.AttendedTraining;
import io.baigong.host.training.TrainingLines;
import io.baigong.registry.Registry;
import io.baigong.spi.ModelException;
import io.baigong.spi.Task;
import io.baigong.spi.TrainingRecipe;
import io.baigong.tuning.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Makes a model artifact for a task, from data alone; the same seed makes the same artifact.")
final class TrainCommand implements Callable<Integer> {
    /** What a kill costs at most, but for trees, which go on from each 50th round; a checkpoint of an encoder takes half a second. */
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(1);

    @Mixin
    private final Platform platform = new Platform();

    @Mixin
    private final DataOptions set = new DataOptions();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "An empty or new folder for the artifact.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description =
                    "A folder where it is kept how far the training is. Interrupted and begun again with the same words"
                            + " and a new --out, it goes on from there, and makes the same artifact. Delete it afterwards.")
    private @Nullable Path checkpoints;

    @Mixin
    private final TaggerOptions wanted = new TaggerOptions();

    @Option(
            names = "--attended",
            description =
                    "For a program that starts this one: progress and losses are lines of JSON on standard output, and the"
                            + " training ends when standard input does.")
    private boolean attended;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Task<?, ?> task = platform.task();
        TrainingRecipe recipe = recipe(task);
        Platform.existing(set.data);
        Training.Wishes wishes = wanted.wishes();
        prepare();
        Registry registry = platform.registry();
        if (attended) {
            AttendedTraining.endWithParent();
        }
        TrainingLines lines = attended ? AttendedTraining.lines() : null;
        try (var bar = new ProgressBar();
                var stages = new Stages(checkpoints, BETWEEN_CHECKPOINTS, lines == null ? this::resumed : lines);
                var training = new Training(
                        registry,
                        platform::gateway,
                        set.seed,
                        lines == null ? bar : lines,
                        stages,
                        checkpoints == null ? "" : DataDigest.of(set.data),
                        wishes)) {
            recipe.train(set.data, out, training);
            if (!wanted.words().isEmpty()) {
                if (training.hasTunedTagger()) {
                    wanted.tell(out);
                } else {
                    spec.commandLine()
                            .getErr()
                            .println("this recipe tunes no encoder: nothing came of " + wanted.words());
                }
            }
        } catch (ModelException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            if (wanted.words().isEmpty()) {
                throw e;
            }
            throw new WrongUsage(wanted.words() + " is not possible here: " + e.getMessage());
        } catch (IOException e) {
            throw new Failure("can't learn from " + set.data.getFileName() + ": " + Baigong.cause(e), e);
        }
        spec.commandLine().getOut().println("wrote " + out);
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private void resumed(int stage, long step) {
        if (stage > 1 || step > 0) {
            spec.commandLine().getErr().println("goes on from step " + step + " of stage " + stage);
        }
    }

    private TrainingRecipe recipe(Task<?, ?> task) {
        for (TrainingRecipe candidate : task.recipes()) {
            if (candidate.benchmark().equals(set.benchmark)) {
                return candidate;
            }
        }
        throw new WrongUsage("task " + task.id() + " has no recipe for " + set.benchmark + "; it has those for "
                + task.recipes().stream().map(TrainingRecipe::benchmark).toList());
    }

    private void prepare() throws IOException {
        if (Files.exists(out)) {
            if (!Files.isDirectory(out)) {
                throw new WrongUsage(out + " is not a folder");
            }
            try (var content = Files.list(out)) {
                if (content.findAny().isPresent()) {
                    throw new WrongUsage("the folder " + out + " is not empty; name a new one");
                }
            }
        }
        Files.createDirectories(out);
    }

    /** Opens the models of a registry. */
    @FunctionalInterface
    interface Opening {
        Gateway gateway(Registry registry);
    }
}
