package io.baigong.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes are killed with SIGKILL in the middle of a training, twice, and what goes on from there reaches the same bytes. */
class KilledTrainingTest {
    private static final int SIGKILL_STATUS = 128 + 9;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void goesOnAndReachesTheSameWeights(SmallTraining training) throws Exception {
        training.run(new Stages(), folder.resolve("whole"));
        int first = 5;
        assertThat(killedAfter(training, first)).isEqualTo("resumed 1 0");
        assertThat(step(killedAfter(training, 2))).isGreaterThanOrEqualTo(first);
        Process last = begin(training);
        List<String> told;
        try (BufferedReader lines = last.inputReader(StandardCharsets.UTF_8)) {
            told = lines.lines().toList();
        }
        assertThat(last.waitFor()).isZero();
        assertThat(step(told.getFirst())).isGreaterThan(first);
        assertThat(told).last().isEqualTo("kept 2 0");
        assertThat(files(folder.resolve("resumed"))).isEqualTo(files(folder.resolve("whole")));
    }

    /** The first line of a process that was killed once it had kept so many checkpoints. */
    private String killedAfter(SmallTraining training, int count) throws Exception {
        Process process = begin(training);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String first = lines.readLine();
            for (int i = 0; i < count; i++) {
                assertThat(lines.readLine()).startsWith("kept 1 ");
            }
            process.destroyForcibly();
            assertThat(process.waitFor()).isEqualTo(SIGKILL_STATUS);
            return first;
        }
    }

    /** Trees have a checkpoint every so many rounds; what is compared is how many there were. */
    private static long step(String line) {
        String[] words = line.split(" ");
        assertThat(words).startsWith("resumed", "1");
        return Long.parseLong(words[2]);
    }

    private Process begin(SmallTraining training) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallTraining.class.getName(),
                        training.name(),
                        folder.resolve("stages").toString(),
                        folder.resolve("resumed").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Map<String, List<Byte>> files(Path of) throws IOException {
        try (var files = Files.list(of)) {
            return files.collect(Collectors.toMap(
                    file -> file.getFileName().toString(), KilledTrainingTest::bytes, (a, b) -> a, TreeMap::new));
        }
    }

    private static List<Byte> bytes(Path file) {
        try {
            var bytes = new java.util.ArrayList<Byte>();
            for (byte each : Files.readAllBytes(file)) {
                bytes.add(each);
            }
            return bytes;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
