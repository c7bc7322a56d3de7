package io.baigong.tuning.quantisation;

import io.baigong.compute.Safetensors;
import io.baigong.compute.SentenceEncoder;
import io.baigong.compute.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Inputs that are like those the model will see, from which the ranges of its inner values are learned.
 *
 * @param percentile in (50, 100]: so much of what a value was is inside its range, from above and from below alike; 100 takes the
 *     least and the most that was seen
 */
public record Calibration(List<Call> calls, double percentile) {
    /** Most calls that are looked at. */
    public static final int MOST_CALLS = 256;

    /** One call of the model: a tensor for each input, by its name. Integers are given as the floats that equal them. */
    @FunctionalInterface
    public interface Call {
        /** Reads it; called anew for each pass over the data. */
        Map<String, Tensor> inputs() throws IOException;
    }

    public Calibration {
        if (!(percentile > 50 && percentile <= 100)) {
            throw new IllegalArgumentException("a percentile is in (50, 100], not " + percentile);
        }
        if (calls.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to calibrate with");
        }
        calls = calls.stream().limit(MOST_CALLS).toList();
    }

    /** Texts for the platform's encoder of that name. */
    public static Calibration ofTexts(String encoder, List<String> texts, double percentile) throws IOException {
        return new Calibration(
                SentenceEncoder.plainInputs(
                                encoder, texts.stream().limit(MOST_CALLS).toList())
                        .stream()
                        .<Call>map(ids -> () -> Map.of("input_ids", ids))
                        .toList(),
                percentile);
    }

    /** The {@code .safetensors} file, or all of a folder in the order of their names: each is a call. */
    public static Calibration of(Path path, double percentile) throws IOException {
        if (!Files.isDirectory(path)) {
            return new Calibration(List.of(() -> read(path)), percentile);
        }
        try (var files = Files.list(path)) {
            List<Call> calls = files.filter(
                            file -> file.getFileName().toString().endsWith(".safetensors"))
                    .sorted()
                    .<Call>map(file -> () -> read(file))
                    .toList();
            if (calls.isEmpty()) {
                throw new IOException("the folder " + path + " holds no .safetensors files to calibrate with");
            }
            return new Calibration(calls, percentile);
        }
    }

    private static Map<String, Tensor> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Safetensors.read(in);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " can't be read: " + e.getMessage(), e);
        }
    }
}
