package io.baigong.manufacturing.maintenance.turbofan;

import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of C-MAPSS in a folder, at any depth: {@code train_FD001.txt}, {@code test_FD001.txt}, {@code RUL_FD001.txt} to
 * {@code FD004}, packed with gzip or not. A single file is a folder of one.
 */
final class CmapssSets {
    private static final Pattern NAME =
            Pattern.compile("(train|test|rul)[_-]?(fd00\\d)\\.txt(\\.gz)?", Pattern.CASE_INSENSITIVE);

    /** By set, {@code fd001} and on, then by part: {@code train}, {@code test}, {@code rul}. */
    private final Map<String, Map<String, Path>> files = new TreeMap<>();

    CmapssSets(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data, 4)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    files.computeIfAbsent(name.group(2).toLowerCase(java.util.Locale.ROOT), set -> new TreeMap<>())
                            .put(name.group(1).toLowerCase(java.util.Locale.ROOT), file);
                }
            }
        }
        if (files.isEmpty()) {
            throw new IOException(data + " holds no C-MAPSS file, such as train_FD001.txt or test_FD001.txt");
        }
    }

    /** Names of the sets found. */
    List<String> names() {
        return List.copyOf(files.keySet());
    }

    /** Engines that ran to failure; empty where the set has none. */
    List<Engine> training(String set) throws IOException {
        Path file = part(set, "train").orElse(null);
        return file == null ? List.of() : engines(file, set);
    }

    /** Engines cut off before their end, with the life that was left; empty where the set has no such pair of files. */
    List<Cut> test(String set) throws IOException {
        Path test = part(set, "test").orElse(null);
        Path lives = part(set, "rul").orElse(null);
        if (test == null || lives == null) {
            return List.of();
        }
        List<Engine> engines = engines(test, set);
        double[] left;
        try {
            left = CmapssFile.remainingLife(lives, lives.getFileName().toString());
        } catch (UnreadableTelemetry e) {
            throw new IOException(e.detail(), e);
        }
        if (left.length != engines.size()) {
            throw new IOException("%s has %d engines, but %s has %d lines"
                    .formatted(test.getFileName(), engines.size(), lives.getFileName(), left.length));
        }
        var cuts = new ArrayList<Cut>();
        for (int i = 0; i < left.length; i++) {
            cuts.add(new Cut(engines.get(i), left[i]));
        }
        return cuts;
    }

    private Optional<Path> part(String set, String part) {
        return Optional.ofNullable(files.getOrDefault(set, Map.of()).get(part));
    }

    private static List<Engine> engines(Path file, String set) throws IOException {
        try {
            return CmapssFile.engines(file, set);
        } catch (UnreadableTelemetry e) {
            throw new IOException(e.detail(), e);
        }
    }

    /**
     * An engine as it was seen, and what came after.
     *
     * @param left cycles to its failure
     */
    record Cut(Engine engine, double left) {}
}
