package io.baigong.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.registry.artifact.FolderArtifact;
import io.baigong.registry.bundle.Bundle;
import io.baigong.spi.ModelRole;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Takes in a bundle: every file is compared with its SHA-256, and what can hold code is refused, before anything is sent.",
            "In a suite that is up it becomes a candidate of its role; credentials are in BAIGONG_CREDENTIALS or --credentials. With"
                    + " --into it becomes a folder, and no suite is asked."
        })
final class ImportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "A bundle, as 'models export' wrote it.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--into", paramLabel = "DIR", description = "A new folder for the model, which is opened once.")
    private @Nullable Path into;

    @Mixin
    private final SuiteClient suite = new SuiteClient();

    @Mixin
    private final JsonOption json = new JsonOption();

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Platform.existing(file);
        if (into != null && Files.exists(into)) {
            throw new WrongUsage(into + " is there already; name a new folder");
        }
        try (var models = new LooseModels()) {
            Bundle bundle = LooseModels.safely(() -> Bundle.read(file, models.store()));
            ModelRole role = models.role(bundle.manifest().role());
            return into == null ? send(role) : unpack(bundle, role, models, into);
        } catch (IOException e) {
            throw new Failure("the bundle can't be taken in: " + Baigong.cause(e), e);
        }
    }

    private int send(ModelRole role) throws IOException {
        String path = "/api/v1/models/" + URLEncoder.encode(role.name(), StandardCharsets.UTF_8) + "/bundles";
        JsonNode version = suite.post(path, Map.of(), List.of(new SuiteClient.Part("bundle", file)), Map.of());
        say("it is version " + version.path("number").asInt() + " of " + role.name() + ", a candidate");
        json.write(() -> version);
        return CommandLine.ExitCode.OK;
    }

    private int unpack(Bundle bundle, ModelRole role, LooseModels models, Path folder) throws IOException {
        models.open(role, bundle.artifact());
        FolderArtifact.put(bundle.artifact(), models.store(), folder);
        say("wrote " + folder + "; to serve it, set baigong.models.\"" + role.name() + "\"=" + folder.toAbsolutePath());
        json.write(() -> ExportCommand.json(bundle.manifest(), file)
                .put("folder", folder.toAbsolutePath().toString()));
        return CommandLine.ExitCode.OK;
    }

    private void say(String words) {
        if (!json.takesTerminal()) {
            PrintWriter terminal = spec.commandLine().getOut();
            terminal.println(words);
            terminal.flush();
        }
    }
}
