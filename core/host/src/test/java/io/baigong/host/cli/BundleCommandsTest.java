package io.baigong.host.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.baigong.compute.MemoryArtifact;
import io.baigong.compute.Tensor;
import io.baigong.host.run.PlatformJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models leave and come in as one file, with and without a suite. */
class BundleCommandsTest {
    private static final String ROLE = "trial.oddity";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private byte[] answer = {};
    private volatile String sent = "";
    private HttpServer server;

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void start() throws IOException {
        model = folder.resolve("model");
        new MemoryArtifact(MemoryArtifact.FORMAT, "oddity", "7", 2)
                .write(
                        model,
                        Map.of(
                                MemoryArtifact.PROJECTION, new Tensor(new long[] {2, 1}, new float[] {1, 2}),
                                MemoryArtifact.SHIFT, new Tensor(new long[] {1}, new float[] {0}),
                                MemoryArtifact.ROWS, new Tensor(new long[] {2, 1}, new float[] {1, 5})));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            sent = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Files.writeString(folder.resolve("secret"), "ada:correct horse\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int models(String... args) {
        var all = new ArrayList<>(List.of("models"));
        all.addAll(List.of(args));
        all.add("--server=http://127.0.0.1:" + server.getAddress().getPort());
        all.add("--credentials=" + folder.resolve("secret"));
        return Baigong.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private Path exported(String name) {
        Path bundle = folder.resolve(name);
        assertThat(models("export", ROLE, model.toString(), "--out", bundle.toString()))
                .as(err.toString())
                .isZero();
        return bundle;
    }

    private void refused(int code, String why, String... args) {
        assertThat(models(args)).as(err.toString()).isEqualTo(code);
        assertThat(err.toString()).contains(why);
        assertThat(asked).isEmpty();
    }

    @Test
    void aFolderBecomesABundleAndAFolderAgainWithoutASuite() throws IOException {
        Path bundle = exported("a.zip");
        assertThat(exported("b.zip")).hasSameBinaryContentAs(bundle);

        Path again = folder.resolve("again");
        Path json = folder.resolve("r.json");
        assertThat(models("import", bundle.toString(), "--into", again.toString(), "--json", json.toString()))
                .isZero();

        for (String file : List.of("model.json", "weights.safetensors")) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(model.resolve(file));
        }
        assertThat(out.toString()).contains("wrote oddity 7 of " + ROLE, "baigong.models.\"" + ROLE + "\"=" + again);
        JsonNode said = PlatformJson.mapper().readTree(json.toFile());
        assertThat(said.path("role").asText()).isEqualTo(ROLE);
        assertThat(said.path("sha256").asText()).hasSize(64);
        assertThat(said.path("folder").asText()).isEqualTo(again.toString());
        assertThat(asked).isEmpty();
        refused(2, "is there already", "import", bundle.toString(), "--into", again.toString());
    }

    @Test
    void aRegisteredVersionComesFromASuiteAndGoesToOne() throws IOException {
        answer = Files.readAllBytes(exported("a.zip"));
        Path fetched = folder.resolve("fetched.zip");
        assertThat(models("export", ROLE, "3", "--out", fetched.toString())).isZero();
        assertThat(fetched).hasBinaryContent(answer);
        assertThat(asked).containsExactly("GET /api/v1/models/trial.oddity/versions/3/bundle");

        answer = "{\"number\": 4, \"state\": \"CANDIDATE\"}".getBytes(UTF_8);
        assertThat(models("import", fetched.toString())).isZero();
        assertThat(asked).last().isEqualTo("POST /api/v1/models/trial.oddity/bundles");
        assertThat(out.toString()).contains("version 4 of trial.oddity, a candidate");
    }

    @Test
    void whatArrivesBrokenIsNoBundleAndWhatWasThereStays() throws IOException {
        byte[] whole = Files.readAllBytes(exported("a.zip"));
        answer = Arrays.copyOf(whole, whole.length - 30);
        Path target = Files.writeString(folder.resolve("kept.zip"), "before");

        assertThat(models("export", ROLE, "3", "--out", target.toString())).isEqualTo(1);

        assertThat(err.toString()).contains("no zip, or a damaged one");
        assertThat(target).hasContent("before");
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, -1})
    void aBundleThatIsCutOffOrChangedIsRefusedBeforeItIsSent(int length) throws IOException {
        byte[] whole = Files.readAllBytes(exported("a.zip"));
        byte[] sent = length < 0 ? whole : Arrays.copyOf(whole, length);
        if (length < 0) {
            String name = "files/model.json";
            sent[new String(whole, ISO_8859_1).indexOf(name) + name.length() + 9] ^= 1;
        }
        Path bad = Files.write(folder.resolve("bad.zip"), sent);

        assertThat(models("import", bad.toString())).isEqualTo(1);
        assertThat(models(
                        "import", bad.toString(), "--into", folder.resolve("x").toString()))
                .isEqualTo(1);

        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(asked).isEmpty();
    }

    @Test
    void filesThatCanHoldCodeLinksAndFoldersDoNotLeave() throws IOException {
        String to = folder.resolve("x.zip").toString();
        Path extra = Files.writeString(model.resolve("optimizer.pkl"), "cos\nsystem\n");
        refused(1, "can hold code", "export", ROLE, model.toString(), "--out", to);
        Files.delete(extra);
        Path link = Files.createSymbolicLink(model.resolve("card.md"), Path.of("/etc/hostname"));
        refused(1, "no plain file", "export", ROLE, model.toString(), "--out", to);
        Files.delete(link);
        Path inner = Files.createDirectory(model.resolve("inner"));
        refused(1, "no plain file", "export", ROLE, model.toString(), "--out", to);
        Files.delete(inner);
        Files.writeString(model.resolve("model.json"), "{}");
        refused(1, "can't be opened", "export", ROLE, model.toString(), "--out", to);
        Files.delete(model.resolve("model.json"));
        refused(1, "holds no model.json", "export", ROLE, model.toString(), "--out", to);
        assertThat(folder.resolve("x.zip")).doesNotExist();
    }

    @Test
    void aFolderIsRegistered() {
        answer = "{\"number\": 2, \"state\": \"CANDIDATE\"}".getBytes(UTF_8);
        assertThat(models("register", model.toString(), "--role", ROLE, "--seed", "7", "--licence", "Apache-2.0"))
                .isZero();
        assertThat(asked).containsExactly("POST /api/v1/models/trial.oddity/versions");
        assertThat(sent)
                .contains("name=\"lineage\"", "\"seed\":7,\"licence\":\"Apache-2.0\"")
                .contains("name=\"artifact\"", "weights.safetensors");
        assertThat(out.toString()).contains("version 2 of trial.oddity, a candidate");
    }

    /** Of a file with no entries and no tensors. */
    private Path gguf() throws IOException {
        byte[] bytes = new byte[24];
        System.arraycopy("GGUF".getBytes(UTF_8), 0, bytes, 0, 4);
        bytes[4] = 3;
        return Files.write(folder.resolve("m.gguf"), bytes);
    }

    @Test
    void ofALanguageModelADescriptionIsSent() throws IOException {
        answer = "{\"number\": 1, \"state\": \"CANDIDATE\"}".getBytes(UTF_8);
        assertThat(models(
                        "register",
                        gguf().toString(),
                        "--role",
                        "trial.adviser",
                        "--served-as",
                        "house",
                        "--label",
                        "q4"))
                .isZero();
        assertThat(asked).containsExactly("POST /api/v1/models/trial.adviser/versions");
        assertThat(sent).contains("name=\"artifact\"", "model.json").doesNotContain("m.gguf\"; filename");
        assertThat(out.toString()).contains("version 1 of trial.adviser, a candidate");
    }

    @Test
    void anAdaptersBaseIsItsLineage() throws IOException {
        answer = "{\"number\": 1, \"state\": \"CANDIDATE\"}".getBytes(UTF_8);
        Path adapter = Files.createDirectory(folder.resolve("adapter"));
        Files.writeString(adapter.resolve("adapter_config.json"), "{\"base_model_name_or_path\": \"Qwen2.5-7B\"}");
        byte[] header = "{}".getBytes(UTF_8);
        byte[] weights = new byte[10];
        weights[0] = 2;
        System.arraycopy(header, 0, weights, 8, 2);
        Files.write(adapter.resolve("adapter_model.safetensors"), weights);
        assertThat(models("register", adapter.toString(), "--role", "trial.adviser", "--served-as", "house"))
                .as(err.toString())
                .isZero();
        assertThat(sent).contains("\"base\":\"Qwen2.5-7B\"");
    }

    @Test
    void aLanguageModelNeedsARoleAndAServer() throws IOException {
        String path = gguf().toString();
        refused(2, "is no role for one; these are [trial.adviser]", "register", path, "--role", ROLE);
        refused(2, "give its name there by --served-as", "register", path, "--role", "trial.adviser");
        Files.write(Path.of(path), Arrays.copyOf(Files.readAllBytes(Path.of(path)), 20));
        refused(1, "is cut off", "register", path, "--role", "trial.adviser", "--served-as", "house");
        refused(1, "can't be opened", "register", model.toString(), "--role", "trial.adviser");
    }

    @Test
    void whatDoesNotServeHereIsNotRegistered() throws IOException {
        String role = "--role=" + ROLE;
        Path file = Files.write(folder.resolve("m.onnx"), new byte[2]);
        refused(2, "is a file, and no GGUF; name the folder", "register", file.toString(), role);
        Files.writeString(model.resolve("optimizer.pt"), "x");
        refused(1, "can hold code", "register", model.toString(), role);
    }

    @Test
    void wrongWordsAreWrongUsage() {
        String to = folder.resolve("x.zip").toString();
        refused(2, "there is no role trial.none", "export", "trial.none", "1", "--out", to);
        refused(2, "VERSION is the number", "export", ROLE, "newest", "--out", to);
        refused(
                2,
                "no folder for",
                "export",
                ROLE,
                "1",
                "--out",
                folder.resolve("no/x.zip").toString());
        refused(
                2,
                "there is no file or folder",
                "import",
                folder.resolve("none.zip").toString());
        refused(1, "no model ships for the role", "export", ROLE, "shipped", "--out", to);
    }
}
