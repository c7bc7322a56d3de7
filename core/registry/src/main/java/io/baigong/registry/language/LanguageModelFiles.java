package io.baigong.registry.language;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.journal.audit.Sha256;
import io.baigong.registry.language.LanguageModel.Kind;
import io.baigong.registry.language.LanguageModel.Part;
import io.baigong.spi.Progress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes language models by their files, which stay where they are. */
public final class LanguageModelFiles {
    private static final String CONFIG = "config.json";
    private static final String ADAPTER = "adapter_config.json";
    private static final String TENSORS = ".safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final Pattern SHARD = Pattern.compile("(.+)-\\d{5}-of-(\\d{5})\\.gguf");
    private static final int MOST_FILES = 2_000;
    private static final int MOST_CONFIG_BYTES = 16 << 20;
    private static final int GGUF = 0x47475546; // "GGUF"
    private static final int BUFFER = 1 << 20;
    private static final int LONGEST = 200;

    /** Formats that can run code when they are opened. */
    private static final Pattern CODE = Pattern.compile("(?i).*\\.(bin|pt|pth|ckpt|pkl|pickle|joblib|npy|py|so)");

    private static final ObjectMapper JSON = new ObjectMapper();

    private LanguageModelFiles() {}

    /** What the files say. */
    private record Said(
            String name,
            String architecture,
            long parameters,
            long contextLength,
            String precision,
            @Nullable String base) {}

    /** What lies there, by its first bytes and names; empty if it is no language model. */
    public static Optional<Kind> kind(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                byte[] head = in.readNBytes(Integer.BYTES);
                return head.length == Integer.BYTES && ByteBuffer.wrap(head).getInt() == GGUF
                        ? Optional.of(Kind.GGUF)
                        : Optional.empty();
            }
        }
        if (Files.isRegularFile(path.resolve(ADAPTER))) {
            return Optional.of(Kind.ADAPTER);
        }
        return Files.isRegularFile(path.resolve(CONFIG)) ? Optional.of(Kind.HUGGING_FACE) : Optional.empty();
    }

    /**
     * Describes the model in a file or folder. All of it is read once, for its digests, after its headers were found to be whole.
     *
     * @param served under which name the gateway has it
     * @param version what its owner calls this one
     * @throws IOException that says what is cut off, is missing, or could run code
     */
    public static LanguageModel describe(Path path, String served, String version, Progress progress)
            throws IOException {
        Kind kind = kind(path)
                .orElseThrow(
                        () -> new IOException(
                                path
                                        + " is no language model: it is neither a GGUF file nor a folder with config.json or adapter_config.json"));
        List<Path> files = kind == Kind.GGUF ? shards(path) : files(path);
        Said said = kind == Kind.GGUF ? gguf(files) : folder(kind, path, files);
        return new LanguageModel(
                LanguageModel.FORMAT,
                kind,
                said.name,
                version,
                served,
                said.architecture,
                said.parameters,
                said.contextLength,
                said.precision,
                said.base,
                parts(files, progress));
    }

    /** The files of a model that was split, as llama.cpp names them, such as {@code NAME-00001-of-00003.gguf}. */
    private static List<Path> shards(Path file) throws IOException {
        Matcher name = SHARD.matcher(name(file));
        if (!name.matches()) {
            return List.of(file);
        }
        int count = Integer.parseInt(name.group(2));
        if (count < 1 || count > MOST_FILES) {
            throw new IOException(file + " is one of " + count + " files; 1 to " + MOST_FILES + " are read");
        }
        var shards = new ArrayList<Path>();
        for (int number = 1; number <= count; number++) {
            Path shard = file.resolveSibling("%s-%05d-of-%05d.gguf".formatted(name.group(1), number, count));
            if (!Files.isRegularFile(shard)) {
                throw new IOException("the model is in " + count + " files, and " + name(shard) + " is missing");
            }
            shards.add(shard);
        }
        return shards;
    }

    /** The first file says what the model is; weights are in all. */
    private static Said gguf(List<Path> shards) throws IOException {
        Said first = gguf(shards.getFirst());
        long parameters = first.parameters;
        for (Path shard : shards.subList(1, shards.size())) {
            parameters += gguf(shard).parameters;
        }
        return new Said(first.name, first.architecture, parameters, first.contextLength, first.precision, first.base);
    }

    private static Said gguf(Path file) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            GgufHeader header = GgufHeader.read(in, Files.size(file));
            String architecture = header.texts().getOrDefault("general.architecture", "");
            return new Said(
                    line(header.texts().getOrDefault("general.name", ""), name(file)),
                    line(architecture, ""),
                    header.parameters(),
                    Math.max(0, header.numbers().getOrDefault(architecture + ".context_length", 0L)),
                    header.precision(),
                    null);
        }
    }

    private static Said folder(Kind kind, Path folder, List<Path> files) throws IOException {
        JsonNode config = config(folder.resolve(kind == Kind.ADAPTER ? ADAPTER : CONFIG));
        List<Path> weights =
                files.stream().filter(file -> name(file).endsWith(TENSORS)).toList();
        mustBeWhole(folder, files);
        if (weights.isEmpty()) {
            throw new IOException(folder + " holds no weights: there is no file *" + TENSORS);
        }
        long parameters = 0;
        for (Path file : weights) {
            parameters += SafetensorsHeader.numbers(file);
        }
        String type = config.path("torch_dtype").asText(config.path("dtype").asText(""));
        return new Said(
                line(name(folder.toAbsolutePath().normalize()), "model"),
                line(config.path("model_type").asText(config.path("peft_type").asText("")), ""),
                Math.max(0, parameters),
                Math.max(0, config.path("max_position_embeddings").asLong(0)),
                line(config.path("quantization_config").path("quant_method").asText(type), ""),
                kind == Kind.ADAPTER
                        ? line(config.path("base_model_name_or_path").asText(""), "unknown")
                        : null);
    }

    /** An index names the file of each weight. */
    private static void mustBeWhole(Path folder, List<Path> files) throws IOException {
        Set<String> there = files.stream().map(LanguageModelFiles::name).collect(Collectors.toSet());
        if (there.contains(INDEX)) {
            for (JsonNode file : config(folder.resolve(INDEX)).path("weight_map")) {
                if (!there.contains(file.asText())) {
                    throw new IOException(folder + " is not whole: " + INDEX + " names " + line(file.asText(), "a file")
                            + ", which is missing");
                }
            }
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static String line(String text, String otherwise) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.isEmpty() ? otherwise : line.substring(0, Math.min(line.length(), LONGEST));
    }

    private static List<Path> files(Path folder) throws IOException {
        var files = new ArrayList<Path>();
        try (var all =
                Files.newDirectoryStream(folder, file -> !name(file).startsWith(".") && !Files.isDirectory(file))) {
            for (Path file : all) {
                if (CODE.matcher(name(file)).matches()) {
                    throw new IOException(file + " is of a kind that can run code when it is opened: save weights as"
                            + " safetensors, and take this file out of the folder");
                }
                files.add(file);
                if (files.size() > MOST_FILES) {
                    throw new IOException(folder + " holds more than " + MOST_FILES + " files");
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        files.sort(null);
        return files;
    }

    private static JsonNode config(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_CONFIG_BYTES + 1);
            JsonNode config = bytes.length > MOST_CONFIG_BYTES ? null : JSON.readTree(bytes);
            if (config == null || !config.isObject()) {
                throw new IOException(file + " is no object of JSON of at most " + MOST_CONFIG_BYTES + " bytes");
            }
            return config;
        } catch (JacksonException e) {
            throw new IOException(file + " is no JSON", e);
        }
    }

    private static SortedMap<String, Part> parts(List<Path> files, Progress progress) throws IOException {
        long all = 0;
        for (Path file : files) {
            all += Files.size(file);
        }
        var parts = new TreeMap<String, Part>();
        byte[] buffer = new byte[BUFFER];
        long done = 0;
        for (Path file : files) {
            MessageDigest digest = Sha256.digest();
            long bytes = 0;
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                    bytes += read;
                    done += read;
                    progress.at((double) done / Math.max(done, all), "SHA-256 of " + name(file));
                }
            }
            parts.put(name(file), new Part(bytes, HexFormat.of().formatHex(digest.digest())));
        }
        return parts;
    }
}
