package io.baigong.host.training;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * {@code ./baigong train} in a process of its own, so that a training that takes all memory, or crashes in native code, takes nothing
 * else with it. It gives way to what is served, and ends when the suite does.
 */
final class TrainingProcess implements AutoCloseable {
    private static final String COMMAND_LINE = "io.baigong.host.cli.Baigong";
    private static final String SAID = "baigong: ";
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final int LAST_LINES = 20;
    private static final int LAST_BYTES = 64 << 10;
    private static final int PATIENCE_SECONDS = 10;

    private final Process process;
    private final Path words;
    private final String folder;

    /**
     * @param out a new folder for the artifact
     * @param checkpoints folder of what it goes on from, and keeps to go on from
     * @param words file for what it says beside its lines
     */
    TrainingProcess(TrainingJob job, Path data, Path out, Path checkpoints, Path words, String heap)
            throws IOException {
        this.words = words;
        folder = data.toAbsolutePath().getParent() + File.separator;
        var command = new ArrayList<String>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "10"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseParallelGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                classPath(),
                COMMAND_LINE,
                "train",
                job.task(),
                "--benchmark",
                job.recipe(),
                "--data",
                data.toString(),
                "--out",
                out.toString(),
                "--seed",
                String.valueOf(job.seed()),
                "--checkpoints",
                checkpoints.toString(),
                "--attended"));
        process = new ProcessBuilder(command).redirectError(words.toFile()).start();
    }

    /** All that the command line needs: the built application, or what this process was started with. */
    private static String classPath() {
        try {
            Path jar = Path.of(TrainingProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path app = jar.resolve("../../..").normalize();
            if (!Files.isRegularFile(app.resolve("quarkus-run.jar"))) {
                return System.getProperty("java.class.path");
            }
            return List.of("lib/main", "lib/boot", "app").stream()
                    .map(folder -> app.resolve(folder) + File.separator + "*")
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hands on what it tells until it ends; its exit status. */
    int follow(Consumer<TrainingLine> told) throws IOException, InterruptedException {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                TrainingLine.read(line).ifPresent(told);
            }
        }
        return process.waitFor();
    }

    /** What it said of its failure, without the folder that its data lie in: the command line's own word, or the last lines. */
    String lastWords() throws IOException {
        try (var file = Files.newByteChannel(words)) {
            file.position(Math.max(0, file.size() - LAST_BYTES));
            var bytes = Channels.newInputStream(file).readAllBytes();
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .replace(folder, "")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            for (String line : lines.reversed()) {
                if (line.startsWith(SAID)) {
                    return line.substring(SAID.length());
                }
            }
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        }
    }

    /** Ends it now. */
    void end() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        end();
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
