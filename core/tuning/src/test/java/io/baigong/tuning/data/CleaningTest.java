package io.baigong.tuning.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.compute.text.PersonalData;
import io.baigong.spi.Progress;
import io.baigong.tuning.data.CleaningOptions.Duplicates;
import io.baigong.tuning.data.CleaningOptions.Perplexity;
import io.baigong.tuning.data.CleaningReport.Personal;
import io.baigong.tuning.data.NearDuplicates.Similarity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleaningTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Quality NO_BOUNDS = Quality.OFF;

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void names() {
        out = folder.resolve("out.jsonl");
    }

    private static CleaningOptions options(
            Duplicates duplicates, Balance balance, Split split, boolean mask, long seed) {
        return new CleaningOptions(
                Reading.JSON_LINES,
                NO_BOUNDS,
                duplicates,
                Similarity.USUAL,
                Perplexity.OFF,
                balance,
                split,
                mask,
                seed);
    }

    private Path data(String... lines) throws IOException {
        return Files.writeString(folder.resolve("in.jsonl"), String.join("\n", lines) + "\n");
    }

    private CleaningReport clean(Path in, @Nullable Path dropped, CleaningOptions options) throws IOException {
        return new Cleaning(List.of(in), out, dropped, options).run(Progress.SILENT);
    }

    private static List<JsonNode> read(Path file) throws IOException {
        var nodes = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(file)) {
            nodes.add(JSON.readTree(line));
        }
        return nodes;
    }

    private static String document(String id, String text) {
        return JSON.createObjectNode().put("id", id).put("text", text).toString();
    }

    @Test
    void theFirstOfDuplicatesStaysAsItCame() throws IOException {
        String long1 =
                "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";
        String first = "{\"n\": 1.50, \"text\": \"" + long1 + "\", \"id\": \"a\"}";
        Path in = data(
                first,
                document(
                        "b",
                        "Ｏne   two three"
                                + long1.substring("one two three".length()).toUpperCase(java.util.Locale.ROOT)),
                "",
                document("c", long1 + " and"),
                document("d", long1 + " and"),
                document("e", "something else altogether"));
        Path dropped = folder.resolve("dropped.jsonl");

        CleaningReport report = clean(in, dropped, CleaningOptionsOf.quality(NO_BOUNDS));

        assertThat(Files.readAllLines(out)).containsExactly(first, document("e", "something else altogether"));
        assertThat(report.documents()).isEqualTo(5);
        assertThat(report.blank()).isEqualTo(1);
        assertThat(report.kept()).isEqualTo(2);
        assertThat(report.dropped().get(DropReason.EXACT_DUPLICATE).examples())
                .containsExactly("b (of in.jsonl:1)", "d (of in.jsonl:1)");
        assertThat(report.dropped().get(DropReason.NEAR_DUPLICATE).examples()).containsExactly("c (of in.jsonl:1)");
        assertThat(read(dropped))
                .extracting(
                        node -> node.get("at").asText() + " " + node.get("of").asText())
                .containsExactly("in.jsonl:2 in.jsonl:1", "in.jsonl:4 in.jsonl:1", "in.jsonl:5 in.jsonl:1");
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("in.jsonl", "out.jsonl", "out.jsonl.snapshot.json", "dropped.jsonl");
    }

    @Test
    void theSnapshotNamesWhatMadeIt() throws Exception {
        Path in = data(document("a", "some text of ours"), document("b", "another text of ours"));
        clean(in, null, CleaningOptionsOf.quality(NO_BOUNDS));
        JsonNode snapshot = JSON.readTree(Cleaning.snapshot(out).toFile());
        assertThat(snapshot.at("/inputs/0/sha256").asText()).isEqualTo(sha256(in));
        assertThat(snapshot.at("/outputs/0/sha256").asText()).isEqualTo(sha256(out));
        assertThat(snapshot.at("/outputs/0/documents").asInt()).isEqualTo(2);
        assertThat(snapshot.at("/options/similarity/threshold").asDouble()).isEqualTo(0.8);
        assertThat(snapshot.at("/options/quality/minWords").isNull()).isTrue();
        assertThat(snapshot.get("seed").asLong()).isEqualTo(1);
        assertThat(snapshot.toString()).doesNotContain(folder.toString());
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    /** Texts with planted near-duplicates, groups and labels, over many batches. */
    private Path planted(int count) throws IOException {
        var random = new SplittableRandom(9);
        List<String> texts = Planted.texts(count, 11);
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var node = JSON.createObjectNode().put("id", "d" + i).put("text", texts.get(i));
            node.put("label", random.nextInt(10) == 0 ? "rare" : "common");
            if (random.nextInt(3) == 0) {
                node.put("group", "g" + random.nextInt(count / 10));
            }
            lines.add(node.toString());
        }
        return data(lines.toArray(String[]::new));
    }

    /** The property that a split is for: what is nearly the same, or of one group, is on one side, whatever the seed. */
    @Test
    void nothingLeaksFromOneSideToAnother() throws IOException {
        Path in = planted(2_000);
        List<String> texts = Planted.texts(2_000, 11);
        Split split = Split.parse("train=0.7,dev=0.2,test=0.1");
        for (long seed = 1; seed <= 3; seed++) {
            var keeping = options(new Duplicates(true, false), Balance.NONE, split, false, seed);
            clean(in, null, keeping);
            Map<String, String> sideOf = new HashMap<>();
            Map<String, String> sideOfGroup = new HashMap<>();
            Cleaning.sides(out, split).forEach((side, file) -> {
                try {
                    for (JsonNode node : read(file)) {
                        assertThat(sideOf.put(node.get("id").asText(), side)).isNull();
                        if (node.has("group")) {
                            assertThat(sideOfGroup.computeIfAbsent(
                                            node.get("group").asText(), _ -> side))
                                    .isEqualTo(side);
                        }
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(sideOf).hasSize(2_000);
            int parted = 0;
            for (int i = 3; i < texts.size(); i += 4) {
                parted += sideOf.get("d" + i).equals(sideOf.get("d" + (i - 1))) ? 0 : 1;
            }
            // Of 500 pairs at similarity 0.8, 0.018 are not compared: 9, of which less than half come to two sides.
            assertThat(parted).isLessThan(12);
        }
    }

    @Test
    void nearDuplicatesThatWereFoundAreNeverParted() throws IOException {
        Path in = planted(2_000);
        Split split = Split.parse("train=0.5,test=0.5");
        clean(in, null, options(new Duplicates(false, false), Balance.NONE, split, false, 4));
        var train = new HashSet<String>();
        try (var near = new NearDuplicates(Similarity.USUAL, folder)) {
            int line = 0;
            for (JsonNode node : read(folder.resolve("out.train.jsonl"))) {
                near.add(line++, near.sketch(node.get("text").asText()));
                train.add(node.get("id").asText());
            }
            for (JsonNode node : read(folder.resolve("out.test.jsonl"))) {
                assertThat(near.like(near.sketch(node.get("text").asText()), 1)).isEmpty();
            }
        }
        assertThat(train.size()).isBetween(950, 1_050);
    }

    @Test
    void theSameFilesAndOptionsGiveTheSameBytes() throws Exception {
        Path in = planted(3_000);
        Split split = Split.parse("train=0.8,test=0.2");
        var options = new CleaningOptions(
                Reading.JSON_LINES,
                NO_BOUNDS,
                new Duplicates(true, true),
                Similarity.USUAL,
                new Perplexity(0.9, null),
                new Balance(Balance.Kind.OVERSAMPLE, 1.5),
                split,
                true,
                5);
        out = folder.resolve("a.jsonl.gz");
        CleaningReport first = clean(in, null, options);
        String snapshot = Files.readString(Cleaning.snapshot(out));
        out = folder.resolve("b.jsonl.gz");
        assertThat(clean(in, null, options)).isEqualTo(first);
        assertThat(Files.readString(Cleaning.snapshot(out))
                        .replace("b.train", "a.train")
                        .replace("b.test", "a.test"))
                .isEqualTo(snapshot);
        assertThat(Files.readAllBytes(folder.resolve("b.train.jsonl.gz")))
                .isEqualTo(Files.readAllBytes(folder.resolve("a.train.jsonl.gz")));
        assertThat(first.dropped().get(DropReason.PERPLEXITY).count()).isBetween(200L, 240L);
        assertThat(first.labels().get("rare").written())
                .isGreaterThan(3 * first.labels().get("rare").kept());
    }

    @Test
    void commonLabelsAreCapped() throws IOException {
        CleaningReport report = clean(
                planted(1_000),
                null,
                options(new Duplicates(true, true), new Balance(Balance.Kind.CAP, 2), Split.NONE, false, 1));
        CleaningReport.Label rare = report.labels().get("rare");
        assertThat(rare.written()).isEqualTo(rare.kept());
        assertThat(report.labels().get("common").written()).isEqualTo(2 * rare.kept());
        assertThat(report.kept()).isEqualTo(3 * rare.kept());
        assertThat(report.dropped().get(DropReason.CAPPED).count())
                .isEqualTo(report.labels().get("common").kept() - 2 * rare.kept());
    }

    @Test
    void personalDataIsCountedAndMasked() throws IOException {
        Path in = data(
                "{\"text\":\"call 13800138000 or 13900139000, li@example.com\",\"n\":1.50}",
                document("b", "nothing personal here"));
        CleaningReport report = clean(in, null, CleaningOptionsOf.quality(NO_BOUNDS));
        assertThat(report.personal())
                .containsOnly(
                        Map.entry(PersonalData.Kind.PHONE, new Personal(1, 2)),
                        Map.entry(PersonalData.Kind.EMAIL, new Personal(1, 1)));
        assertThat(read(out).getFirst().get("text").asText()).contains("13800138000");
        clean(in, null, options(new Duplicates(true, true), Balance.NONE, Split.NONE, true, 1));
        assertThat(Files.readAllLines(out))
                .containsExactly(
                        "{\"text\":\"call [PHONE] or [PHONE], [EMAIL]\",\"n\":1.50}",
                        document("b", "nothing personal here"));
    }

    @Test
    void aReferenceSaysWhatIsLikely() throws IOException {
        Path reference =
                Files.writeString(folder.resolve("reference.txt"), "the patient has a fever and a cough\n".repeat(50));
        Path in = data(
                document("a", "the patient has a cough"),
                document("b", "qzx jvkw pqqz xxj the of"),
                document("c", "a patient and the fever"));
        var options = new CleaningOptions(
                Reading.JSON_LINES,
                NO_BOUNDS,
                new Duplicates(true, true),
                Similarity.USUAL,
                new Perplexity(0.6, reference),
                Balance.NONE,
                Split.NONE,
                false,
                1);
        assertThat(clean(in, null, options).dropped().get(DropReason.PERPLEXITY).examples())
                .containsExactly("b");
        assertThat(JSON.readTree(Cleaning.snapshot(out).toFile())
                        .at("/reference/file")
                        .asText())
                .isEqualTo("reference.txt");
    }

    @Test
    void plainTextBecomesJsonLines() throws IOException {
        Path in = Files.write(folder.resolve("in.txt"), "\uFEFFfirst \"line\"\r\n\r\n第二行文字\n".getBytes(UTF_8));
        var reading = new Reading("text", "id", "label", "group", true, 100);
        new Cleaning(List.of(in), out, null, CleaningOptionsOf.reading(reading)).run(Progress.SILENT);
        assertThat(Files.readString(out)).isEqualTo("{\"text\":\"first \\\"line\\\"\"}\n{\"text\":\"第二行文字\"}\n");
    }

    @Test
    void dataWithNothingInItIsRefusedAndLeavesNothing() throws IOException {
        for (String text : List.of("", "\n \n", "{\"body\":\"a text\"}\n")) {
            Path in = Files.writeString(folder.resolve("in.jsonl"), text);
            assertThatThrownBy(() -> clean(in, null, CleaningOptionsOf.quality(NO_BOUNDS)))
                    .isInstanceOf(Unusable.class)
                    .hasMessageMatching("(?s)the data holds no documents|no document stays: .*unreadable.*");
            assertThat(folder.toFile().list()).containsExactly("in.jsonl");
        }
    }
}
