package io.baigong.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest whole checkpoint is gone on from, whatever lies beside it. */
class CheckpointsTest {
    @TempDir
    Path folder;

    private long resumed = -1;

    private final Checkpoints.Told told = new Checkpoints.Told() {
        @Override
        public void resumed(long step) {
            resumed = step;
        }
    };

    private static final class Words implements Checkpoints.State {
        private String words = "";

        @Override
        public void save(DataOutputStream out) throws IOException {
            out.writeUTF(words);
        }

        @Override
        public void restore(DataInputStream in) throws IOException {
            words = in.readUTF();
        }
    }

    private Checkpoints checkpoints() {
        return new Checkpoints(folder, Duration.ZERO, told);
    }

    private void keep(int... steps) throws IOException {
        var words = new Words();
        for (int step : steps) {
            words.words = "at " + step;
            checkpoints().keep(step, words);
        }
    }

    private String resume() throws IOException {
        var words = new Words();
        checkpoints().resume(words);
        return words.words;
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void keepsTheLastTwo() throws IOException {
        keep(9, 10, 11);
        assertThat(files()).containsExactly("10.checkpoint", "11.checkpoint");
        assertThat(resume()).isEqualTo("at 11");
        assertThat(resumed).isEqualTo(11);
    }

    @Test
    void beginsWhereThereIsNone() throws IOException {
        assertThat(resume()).isEmpty();
        assertThat(resumed).isZero();
        Files.write(folder.resolve("fresh"), new byte[7]);
        Files.write(folder.resolve("x.checkpoint"), new byte[7]);
        Files.write(folder.resolve("1234567890123456789012.checkpoint"), new byte[7]);
        assertThat(resume()).isEmpty();
    }

    @Test
    void passesOverWhatIsBroken() throws IOException {
        keep(5);
        byte[] whole = Files.readAllBytes(folder.resolve("5.checkpoint"));
        Path newest = folder.resolve("6.checkpoint");
        var random = new Random(1);
        for (int length = 0; length < whole.length; length++) {
            Files.write(newest, Arrays.copyOf(whole, length));
            assertThat(resume()).as("cut off after %d bytes", length).isEqualTo("at 5");
            assertThat(newest).doesNotExist();
        }
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(newest, changed);
            assertThat(resume()).as("a bit of byte %d changed", at).isEqualTo("at 5");
        }
        Files.write(newest, Arrays.copyOf(whole, whole.length + 1));
        assertThat(resume()).isEqualTo("at 5");
        assertThat(resumed).isEqualTo(5);
    }

    @Test
    void whatCannotBeWrittenLeavesTheOneBefore() throws IOException {
        keep(5);
        assertThatThrownBy(() -> checkpoints().keep(6, new Checkpoints.State() {
                    @Override
                    public void save(DataOutputStream out) throws IOException {
                        out.writeLong(1);
                        throw new IOException("No space left on device");
                    }

                    @Override
                    public void restore(DataInputStream in) {}
                }))
                .hasMessageContaining("No space");
        assertThat(resume()).isEqualTo("at 5");
    }

    @Test
    void aStageOfOtherDataBeginsAnew() throws IOException {
        Path out = folder.resolve("out");
        int[] made = {0};
        Stages.Engine engine = (to, _) -> {
            Files.createDirectories(to);
            Files.writeString(to.resolve("model.json"), "made " + ++made[0]);
        };
        for (String key : List.of("a", "a", "b")) {
            try (var stages = stages()) {
                stages.run(() -> key, out, engine);
            }
        }
        assertThat(made[0]).isEqualTo(2);
        assertThat(out.resolve("model.json")).hasContent("made 2");
    }

    private Stages stages() {
        return new Stages(folder.resolve("stages"), Duration.ZERO, Stages.Told.NOBODY);
    }

    @Test
    void whatNoTrainingMadeIsNotDeleted() throws IOException {
        Path own = Files.createDirectories(folder.resolve("stages/stage-1"));
        Path file = Files.writeString(own.resolve("weights"), "of somebody");
        try (var stages = stages()) {
            assertThatThrownBy(() -> stages.run(() -> "a", folder.resolve("out"), (_, _) -> {}))
                    .hasMessageContaining("was not made by a training");
        }
        assertThat(file).hasContent("of somebody");
    }

    @Test
    void oneTrainingAtATimeWorksInAFolder() throws IOException {
        Stages.Engine engine = (to, _) -> Files.createDirectories(to);
        try (var first = stages();
                var second = stages()) {
            first.run(() -> "a", folder.resolve("out"), engine);
            assertThatThrownBy(() -> second.run(() -> "a", folder.resolve("out"), engine))
                    .hasMessageContaining("another training is at work");
        }
        try (var third = stages()) {
            third.run(() -> "a", folder.resolve("out"), engine);
        }
    }

    /** The reference is Java's own. */
    @Test
    void savedRandomNumbersAreJavas() throws IOException {
        for (long seed : new long[] {0, 1, -7, Long.MAX_VALUE}) {
            var ours = new SavedRandom(seed);
            var theirs = new Random(seed);
            for (int i = 0; i < 1000; i++) {
                assertThat(ours.nextInt()).isEqualTo(theirs.nextInt());
                assertThat(ours.nextInt(i + 1)).isEqualTo(theirs.nextInt(i + 1));
                assertThat(ours.nextGaussian()).isEqualTo(theirs.nextGaussian());
                assertThat(ours.nextDouble()).isEqualTo(theirs.nextDouble());
                assertThat(ours.nextLong()).isEqualTo(theirs.nextLong());
            }
        }
    }
}
