package io.baigong.host.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.llm.PlanView;
import io.baigong.host.llm.PlanningView;
import io.baigong.host.run.PlatformJson;
import io.baigong.tuning.llm.Gpus;
import io.baigong.tuning.llm.InvalidRecipe;
import io.baigong.tuning.llm.LlmRecipe;
import io.baigong.tuning.llm.Planner;
import io.baigong.tuning.llm.Planner.Planning;
import io.baigong.tuning.llm.RecipeJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Says what tuning a language model takes in memory and time, before anything is run. Ends with 1 where"
                        + " a GPU has not the memory, and says what would fit. See docs/guides/training.md.")
final class PlanCommand implements Callable<Integer> {
    private static final String FORMAT = "%-2s %4s %6s %4s %-13s %5s %5s %8s %9s %9s %11s %7s %9s %7s %9s";

    @Parameters(index = "0", paramLabel = "RECIPE", description = "A recipe in JSON.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--nodes", defaultValue = "1", description = "Machines (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(names = "--gpus", required = true, description = "GPUs of each machine.")
    private int gpus;

    @Option(names = "--gpu-memory", required = true, paramLabel = "GIB", description = "Memory of one GPU, in GiB.")
    private double memory;

    @Option(
            names = "--gpu-teraflops",
            required = true,
            paramLabel = "N",
            description = "Peak of one GPU in the recipe's precision, dense, from its data sheet.")
    private double teraflops;

    @Option(
            names = "--share",
            defaultValue = "0.4",
            description = "Share of the peak that is reached (default: ${DEFAULT-VALUE}).")
    private double share;

    @Option(
            names = "--examples",
            paramLabel = "N",
            description = "Examples to learn from, of DPO pairs; needed where the recipe says epochs.")
    private @Nullable Long examples;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the plans as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        Planning planning = planned();
        PlanningView view = PlanningView.of(planning);
        print(view);
        try {
            if (json != null) {
                PlatformJson.mapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), view);
            }
        } catch (IOException e) {
            throw new Failure(Baigong.cause(e), e);
        }
        if (!planning.wanted().fits()) {
            throw new Failure(PlanningView.shortage(planning.wanted(), memory) + ". " + PlanningView.remedy(planning));
        }
        return CommandLine.ExitCode.OK;
    }

    private Planning planned() {
        try {
            LlmRecipe recipe = RecipeJson.read(read());
            if (recipe.epochs() != null && examples == null) {
                throw new WrongUsage("the recipe says epochs, so --examples is needed");
            }
            return Planner.plan(
                    recipe, new Gpus(nodes, gpus, memory, teraflops, share), examples == null ? 1 : examples);
        } catch (InvalidRecipe | IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private JsonNode read() {
        try {
            return PlatformJson.mapper().readTree(Platform.existing(file).toFile());
        } catch (JsonProcessingException e) {
            throw new WrongUsage(file + " is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Failure(Baigong.cause(e), e);
        }
    }

    private void print(PlanningView view) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "%,d weights; %d nodes of %d GPUs with %.0f GiB; %.0f %% of %.0f teraflops. Memory in GiB of one GPU.",
                view.parameters(),
                nodes,
                gpus,
                memory,
                100 * share,
                teraflops));
        out.println(String.format(
                Locale.ROOT,
                FORMAT,
                "",
                "data",
                "tensor",
                "ZeRO",
                "checkpointing",
                "batch",
                "accum",
                "weights",
                "gradients",
                "optimizer",
                "activations",
                "logits",
                "workspace",
                "total",
                "hours"));
        line(out, ">", view.wanted());
        view.others().forEach(plan -> line(out, "", plan));
        out.println(
                ">: the recipe as it is. x: too much for a GPU. The others take the same steps. Hours are for sequences as long"
                        + " as they may be.");
        out.flush();
    }

    private static void line(PrintWriter out, String mark, PlanView plan) {
        var memory = plan.memoryGib();
        out.println(String.format(
                Locale.ROOT,
                FORMAT,
                mark + (plan.fits() ? "" : "x"),
                plan.data(),
                plan.tensor(),
                plan.zeroStage(),
                plan.gradientCheckpointing() ? "yes" : "no",
                plan.batch(),
                plan.accumulation(),
                gib(memory.weights()),
                gib(memory.gradients()),
                gib(memory.optimizer()),
                gib(memory.activations()),
                gib(memory.logits()),
                gib(memory.workspace()),
                gib(memory.total()),
                String.format(Locale.ROOT, "%.2f", plan.hours())));
    }

    private static String gib(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
