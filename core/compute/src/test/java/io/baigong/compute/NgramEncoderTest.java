package io.baigong.compute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NgramEncoderTest {
    private static final int BUCKETS = 512;
    private static final int WIDTH = 8;

    @TempDir
    Path folder;

    private float[] written() throws IOException {
        var random = new Random(5);
        float[] values = new float[BUCKETS * WIDTH];
        for (int i = 0; i < values.length; i++) {
            // Exact in 16 bits
            values[i] = random.nextInt(-64, 64) / 64f;
        }
        new EmbeddingArtifact(EmbeddingArtifact.FORMAT, "e", "1", WIDTH)
                .write(folder, new Tensor(new long[] {BUCKETS, WIDTH}, values));
        return values;
    }

    /** By the definition: the sum of the vectors, by its length. */
    @Test
    void aTextIsTheSumOfItsNgrams() throws IOException {
        float[] values = written();
        NgramEncoder encoder = NgramEncoder.open(ModelFiles.folder(folder));
        double[] sum = new double[WIDTH];
        for (int bucket : new TextNgrams(BUCKETS).of("mitral valve")) {
            for (int i = 0; i < WIDTH; i++) {
                sum[i] += values[bucket * WIDTH + i];
            }
        }
        double length = 0;
        for (double value : sum) {
            length += value * value;
        }
        float[] vector = encoder.embed(List.of("x", "mitral valve"))[1];
        for (int i = 0; i < WIDTH; i++) {
            assertThat(vector[i]).isCloseTo((float) (sum[i] / Math.sqrt(length)), within(1e-5f));
        }
        assertThat(encoder.parameters()).isEqualTo(BUCKETS * WIDTH);
        assertThat(encoder.sha256()).hasSize(64);
        assertThat(encoder.embed(List.of())).isEmpty();
    }

    @Test
    void aTextWithoutLettersStillHasLengthOne() throws IOException {
        written();
        assertThat(NgramEncoder.open(ModelFiles.folder(folder)).embed(List.of("…"))[0])
                .startsWith(1, 0)
                .hasSize(WIDTH);
    }

    @Test
    void weightsThatDoNotFitAreNamed() throws IOException {
        written();
        try (var out = Files.newOutputStream(folder.resolve(ModelFiles.WEIGHTS))) {
            Safetensors.write(Map.of("vectors", new Tensor(new long[] {3}, new float[3])), out);
        }
        assertThatThrownBy(() -> NgramEncoder.open(ModelFiles.folder(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("[buckets, 8], and has [3]");
    }

    /** A million is an infinity in 16 bits. */
    @Test
    void numbersThatAreNotFiniteAreRefused() throws IOException {
        for (float broken : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 1e6f}) {
            float[] values = written();
            values[BUCKETS * WIDTH - 1] = broken;
            try (var out = Files.newOutputStream(folder.resolve(ModelFiles.WEIGHTS))) {
                Safetensors.write(Map.of("vectors", new Tensor(new long[] {BUCKETS, WIDTH}, values)), out);
            }
            assertThatThrownBy(() -> NgramEncoder.open(ModelFiles.folder(folder)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("its vectors hold a number that is not finite in 16 bits");
        }
    }

    /** A header may say what it likes: nothing of that size is allotted before the file is found to hold it. */
    @Test
    void aHugeShapeIsRefused() throws IOException {
        written();
        byte[] header = """
                {"vectors": {"dtype": "F16", "shape": [268435456, 268435456], "data_offsets": [0, 0]}}""".getBytes(UTF_8);
        Files.write(
                folder.resolve(ModelFiles.WEIGHTS),
                ByteBuffer.allocate(8 + header.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header)
                        .array());
        assertThatThrownBy(() -> NgramEncoder.open(ModelFiles.folder(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tensor vectors of shape");
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        written();
        Files.writeString(
                folder.resolve(ModelFiles.DESCRIPTION),
                "{\"format\": \"memory\", \"name\": \"e\", \"version\": \"1\", \"width\": 8}");
        assertThatThrownBy(() -> NgramEncoder.open(ModelFiles.folder(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ngram-embeddings and a width, not memory and 8");
    }
}
