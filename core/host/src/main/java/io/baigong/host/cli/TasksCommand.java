package io.baigong.host.cli;

import io.baigong.host.catalogue.Catalogue;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Sample;
import io.baigong.spi.Task;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tasks}. */
@Command(
        name = "tasks",
        mixinStandardHelpOptions = true,
        description = "Lists the tasks, their samples and benchmarks.")
final class TasksCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        for (Task<?, ?> task : Catalogue.load().tasks()) {
            out.println(task.id() + "  " + Words.local(task.title()));
            out.println("  samples     "
                    + String.join(
                            ", ", task.samples().stream().map(Sample::name).toList()));
            out.println("  benchmarks  "
                    + String.join(
                            ", ",
                            task.benchmarks().stream().map(Benchmark::name).toList()));
        }
        return CommandLine.ExitCode.OK;
    }
}
