package io.baigong.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import io.baigong.registry.artifact.Artifact;
import io.baigong.spi.ModelRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
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
            "The folder is looked at and the model opened in its role before anything is sent. Credentials are in BAIGONG_CREDENTIALS or"
                    + " --credentials."
        })
final class RegisterCommand implements Callable<Integer> {
    private static final int GGUF = 0x47475546; // "GGUF", as its specification has the first four bytes

    @Parameters(index = "0", paramLabel = "PATH", description = "A folder that 'train' wrote.")
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

    @Mixin
    private final SuiteClient suite = new SuiteClient();

    @Mixin
    private final JsonOption json = new JsonOption();

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        refuseWhatServesElsewhere(Platform.existing(path));
        Path zip = Files.createTempFile("baigong-register", ".zip");
        try (var models = new LooseModels()) {
            ModelRole known = models.role(role);
            Artifact artifact = models.take(path);
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

    private String lineage() {
        return PlatformJson.mapper()
                .createObjectNode()
                .put("data", data)
                .put("seed", seed)
                .put("licence", licence)
                .toString();
    }

    /** Language models have no version here: what serves them is named by the operator. */
    private static void refuseWhatServesElsewhere(Path path) throws IOException {
        String what = null;
        if (Files.isRegularFile(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                byte[] head = in.readNBytes(Integer.BYTES);
                what = head.length == Integer.BYTES && ByteBuffer.wrap(head).getInt() == GGUF
                        ? "a GGUF file, which llama.cpp serves"
                        : null;
            }
            if (what == null) {
                throw new WrongUsage(path + " is a file; name the folder that 'train' wrote");
            }
        } else if (Files.exists(path.resolve("config.json")) && !Files.exists(path.resolve(Artifact.DESCRIPTION))) {
            what = "a Hugging Face folder, which vLLM serves";
        }
        if (what != null) {
            throw new Failure(
                    path + " is " + what + ", not this process. Start its server, name it in baigong.gateway.models,"
                            + " and have tasks ask it by baigong.chat.model; see docs/guides/gateway.md");
        }
    }
}
