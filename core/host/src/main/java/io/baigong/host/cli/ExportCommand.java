package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.model.LooseBundle;
import io.baigong.host.run.PlatformJson;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.bundle.Bundle;
import io.baigong.registry.bundle.Manifest;
import io.baigong.spi.ModelRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a model as one file with its bill of materials (CycloneDX), for another suite to import.",
            "A registered version comes from a suite that is up, whose credentials are in BAIGONG_CREDENTIALS or --credentials. What"
                    + " ships, and what a training wrote, needs none."
        })
final class ExportCommand implements Callable<Integer> {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final String SHIPPED = "shipped";

    @Parameters(index = "0", paramLabel = "ROLE", description = "Such as finance.clause-tagger.")
    @SuppressWarnings("NullAway.Init")
    private String role;

    @Parameters(
            index = "1",
            paramLabel = "VERSION",
            description = "The number of a registered version; or 'shipped'; or a folder that 'train' wrote.")
    @SuppressWarnings("NullAway.Init")
    private String version;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The bundle, a zip.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final SuiteClient suite = new SuiteClient();

    @Mixin
    private final JsonOption json = new JsonOption();

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path target = out.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new WrongUsage("there is no folder for " + out);
        }
        Manifest manifest;
        Path unfinished = Files.createTempFile(folder, ".bundle", ".part");
        try (var models = new LooseModels()) {
            ModelRole known = models.role(role);
            boolean registered = NUMBER.matcher(version).matches() && Integer.parseInt(version) > 0;
            manifest = registered ? fetched(known, models, unfinished) : packed(known, models, unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure("the bundle can't be made: " + Baigong.cause(e), e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        long bytes = Files.size(target);
        if (!json.takesTerminal()) {
            PrintWriter terminal = spec.commandLine().getOut();
            terminal.println("wrote " + Words.line(manifest.name()) + " " + Words.line(manifest.label()) + " of "
                    + manifest.role() + " to " + out + " (" + bytes + " bytes)");
            terminal.flush();
        }
        json.write(() -> json(manifest, out).put("bytes", bytes));
        return CommandLine.ExitCode.OK;
    }

    /** What arrived is looked at before it is called the bundle. */
    private Manifest fetched(ModelRole known, LooseModels models, Path file) throws IOException {
        String path = "/api/v1/models/" + URLEncoder.encode(known.name(), StandardCharsets.UTF_8) + "/versions/"
                + Integer.parseInt(version) + "/bundle";
        try (InputStream in = suite.open(path)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return LooseModels.safely(() -> Bundle.read(file, models.store())).manifest();
    }

    private Manifest packed(ModelRole known, LooseModels models, Path file) throws IOException {
        boolean shipped = version.equals(SHIPPED) || version.equals("0");
        Path folder = Path.of(version);
        if (!shipped && !Files.isDirectory(folder)) {
            throw new WrongUsage("VERSION is the number of a registered version, '" + SHIPPED
                    + "', or a folder with a model, not " + Words.line(version));
        }
        Artifact artifact = shipped ? models.usual(known) : models.take(folder);
        var opened = models.open(known, artifact);
        try (OutputStream bytes = Files.newOutputStream(file)) {
            return LooseBundle.write(bytes, known, opened, models.purposes(known), artifact, models.store());
        }
    }

    /** What a bundle says of its model. */
    static ObjectNode json(Manifest manifest, Path file) {
        return PlatformJson.mapper()
                .createObjectNode()
                .put("role", manifest.role())
                .put("number", manifest.number())
                .put("name", manifest.name())
                .put("version", manifest.label())
                .put("sha256", manifest.sha256())
                .put("parameters", manifest.parameters())
                .put("file", file.toString());
    }
}
