package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import io.baigong.tuning.quantisation.Calibration;
import io.baigong.tuning.quantisation.Precision;
import io.baigong.tuning.quantisation.Quantisation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models quantise}. */
@Command(
        name = "quantise",
        mixinStandardHelpOptions = true,
        description = "Writes a variant of an ONNX model with fewer bits. Measure it before you serve it:"
                + " './baigong bench quantisation' shows how.")
final class QuantiseCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "An .onnx file, or a name: all-minilm-l6-v2, pp-ocrv4-detector, pp-ocrv4-recogniser.")
    @SuppressWarnings("NullAway.Init")
    private String model;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "PRECISION",
            description =
                    "int8: 8-bit weights, inputs of layers brought to 8 bits in each call. int8-static: the same with"
                            + " ranges learned from --calibrate, convolutions too. int4: 4-bit weights. fp16: 16-bit floats.")
    @SuppressWarnings("NullAway.Init")
    private String to;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The variant.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--calibrate",
            paramLabel = "FILE_OR_FOLDER",
            description =
                    "For int8-static: inputs like those that the model will see. For all-minilm-l6-v2 a text in UTF-8,"
                            + " whose lines are the inputs; else a .safetensors file a call, with a tensor for each input of the"
                            + " model. The first 256 are read.")
    private @Nullable Path calibrate;

    @Option(
            names = "--percentile",
            defaultValue = "100",
            description = "For int8-static: how much of what a value was lies inside its range, in (50, 100]"
                    + " (default: ${DEFAULT-VALUE}, from the least to the most).")
    private double percentile;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        Precision precision = checked();
        Quantisation.Result result;
        try {
            Path folder = Files.createTempDirectory("baigong-quantise");
            try (var progress = new ProgressBar()) {
                Path file = NamedModels.file(model, folder);
                result = Quantisation.quantise(file, precision, calibration(), out, progress);
            } finally {
                QuantisationBench.delete(folder);
            }
            print(precision, result);
        } catch (IOException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
        return CommandLine.ExitCode.OK;
    }

    private Precision checked() {
        Precision precision;
        try {
            precision = Precision.of(to);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
        if ((precision == Precision.INT8_STATIC) != (calibrate != null)) {
            throw new WrongUsage("--calibrate belongs to --to int8-static, which needs it");
        }
        if (!(percentile > 50 && percentile <= 100)) {
            throw new WrongUsage("--percentile is in (50, 100], not " + percentile);
        }
        return precision;
    }

    private @Nullable Calibration calibration() throws IOException {
        if (calibrate == null) {
            return null;
        }
        Path data = Platform.existing(calibrate);
        if (!model.equals(NamedModels.ENCODER)) {
            return Calibration.of(data, percentile);
        }
        try (var lines = Files.lines(data)) {
            List<String> texts = lines.map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .limit(Calibration.MOST_CALLS)
                    .toList();
            if (texts.isEmpty()) {
                throw new WrongUsage(data + " holds no lines to calibrate with");
            }
            return Calibration.ofTexts(NamedModels.ENCODER, texts, percentile);
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(data + " is no text in UTF-8: " + e.getMessage(), e);
        }
    }

    private void print(Precision precision, Quantisation.Result result) throws IOException {
        double saved = 1 - (double) result.bytesAfter() / result.bytesBefore();
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println(String.format(
                Locale.ROOT,
                "%s in %s: %.1f MB, was %.1f MB (%.1f %% saved)",
                Words.line(model),
                precision,
                result.bytesAfter() / 1e6,
                result.bytesBefore() / 1e6,
                100 * saved));
        new TreeMap<>(result.changed()).forEach((operator, count) -> terminal.println("  " + count + " x " + operator));
        terminal.flush();
        if (json != null) {
            ObjectNode node = PlatformJson.mapper().createObjectNode();
            node.put("model", model)
                    .put("precision", precision.toString())
                    .put("out", out.toString())
                    .put("bytes_before", result.bytesBefore())
                    .put("bytes_after", result.bytesAfter())
                    .put("saved", saved);
            new TreeMap<>(result.changed()).forEach(node.putObject("changed")::put);
            PlatformJson.mapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), node);
        }
    }
}
