package io.baigong.host.cli;

import io.baigong.compute.OnnxRuntime;
import io.baigong.compute.SentenceEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** What a process of its own gains in resident memory when it opens an encoder and embeds with it. Linux only. */
final class EncoderMemory {
    private static final String MARK = "gained ";

    private EncoderMemory() {}

    /** Prints the gain in kB. Arguments: the encoder's name, and the file of a variant. */
    public static void main(String[] arguments) throws IOException {
        List<String> texts = Collections.nCopies(8, "Either party may terminate this agreement on notice. ".repeat(12));
        OnnxRuntime.environment();
        SentenceEncoder.plainInputs(arguments[0], texts); // starts the tokenizer
        long before = resident();
        try (var encoder = SentenceEncoder.open(arguments[0], Path.of(arguments[1]))) {
            for (int i = 0; i < 8; i++) {
                encoder.embed(texts);
            }
            System.out.println(MARK + (resident() - before));
        }
    }

    /** The gain in bytes, of one process; its Java heap is touched beforehand, so that what grows is native. */
    static long of(String encoder, Path variant) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EncoderMemory.class.getName(),
                        encoder,
                        variant.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || !said.contains(MARK)) {
            throw new IOException("the process that measures memory failed: " + said);
        }
        return 1024
                * Long.parseLong(
                        said.substring(said.indexOf(MARK) + MARK.length()).strip());
    }

    private static long resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("/proc/self/status does not tell the resident memory"));
        }
    }
}
