package io.baigong.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.language.LanguageModel;
import io.baigong.registry.language.LanguageModelFiles;
import io.baigong.spi.ModelRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models register}. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        description = {
            "Registers a model for a role in a suite that is up: a candidate, to be measured and approved there.",
            "A folder is looked at and its model opened in its role before anything is sent. Of a language model only a description is sent, with"
                    + " the SHA-256 of each file; what serves it is a server elsewhere. Credentials are in BAIGONG_CREDENTIALS or --credentials."
        })
final class RegisterCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "PATH",
            description =
                    "A folder that 'train' wrote; or a language model where it lies: a GGUF file, or a folder as Hugging Face or PEFT write it.")
    @SuppressWarnings("NullAway.Init")
    private Path path;

    @Option(names = "--role", required = true, description = "Such as finance.clause-tagger.")
    @SuppressWarnings("NullAway.Init")
    private String role;

    @Option(names = "--data", paramLabel = "WORDS", description = "What it learned from.")
    private @Nullable String data;

    @Option(names = "--seed", description = "Of its training.")
    private @Nullable Long seed;

    @Option(names = "--licence", description = "Under which it may be used.")
    private @Nullable String licence;

    @Option(
            names = "--served-as",
            paramLabel = "MODEL",
            description = "Of a language model: under which name of baigong.gateway.models its server is asked.")
    private @Nullable String served;

    @Option(
            names = "--label",
            defaultValue = "1",
            description = "Of a language model: what you call this version of it; ${DEFAULT-VALUE} unless it is given.")
    @SuppressWarnings("NullAway.Init")
    private String label;

    @Mixin
    private final SuiteClient suite = new SuiteClient();

    @Mixin
    private final JsonOption json = new JsonOption();

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /** What an adapter is tuned from. */
    private @Nullable String base;

    @Override
    public Integer call() throws IOException {
        boolean language = LanguageModelFiles.kind(Platform.existing(path)).isPresent()
                && !Files.exists(path.resolve(Artifact.DESCRIPTION));
        if (!language && !Files.isDirectory(path)) {
            throw new WrongUsage(path + " is a file, and no GGUF; name the folder that 'train' wrote");
        }
        Path zip = Files.createTempFile("baigong-register", ".zip");
        try (var models = new LooseModels()) {
            ModelRole known = models.role(role);
            Artifact artifact = language ? described(models, known) : models.take(path);
            models.open(known, artifact);
            try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
                for (String name : artifact.files().keySet()) {
                    out.putNextEntry(new ZipEntry(name));
                    try (InputStream in = models.store().open(artifact, name)) {
                        in.transferTo(out);
                    }
                }
            }
            JsonNode version = suite.post(
                    "/api/v1/models/" + URLEncoder.encode(known.name(), StandardCharsets.UTF_8) + "/versions",
                    Map.of("lineage", lineage()),
                    List.of(new SuiteClient.Part("artifact", zip)),
                    Map.of());
            if (!json.takesTerminal()) {
                PrintWriter terminal = spec.commandLine().getOut();
                terminal.println(
                        "it is version " + version.path("number").asInt() + " of " + known.name() + ", a candidate");
                terminal.flush();
            }
            json.write(() -> version);
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            throw new Failure("the model can't be registered: " + Baigong.cause(e), e);
        } finally {
            Files.delete(zip);
        }
    }

    private Artifact described(LooseModels models, ModelRole known) throws IOException {
        if (known.kind() != ModelRole.Kind.CHAT) {
            throw new WrongUsage(path + " is a language model, and " + known.name() + " is no role for one; these are "
                    + models.roles(ModelRole.Kind.CHAT));
        }
        if (served == null) {
            throw new WrongUsage(path + " is a language model, which another server serves: start that, name it in"
                    + " baigong.gateway.models, and give its name there by --served-as; see docs/guides/gateway.md");
        }
        Path folder = Files.createTempDirectory("baigong-described");
        Path description = folder.resolve(Artifact.DESCRIPTION);
        try (var bar = new ProgressBar()) {
            LanguageModel model = LanguageModelFiles.describe(path, served, label, bar);
            base = model.base();
            Files.write(description, model.json());
            return models.take(folder);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        } finally {
            Files.deleteIfExists(description);
            Files.delete(folder);
        }
    }

    private String lineage() {
        return PlatformJson.mapper()
                .createObjectNode()
                .put("base", base)
                .put("data", data)
                .put("seed", seed)
                .put("licence", licence)
                .toString();
    }
}
