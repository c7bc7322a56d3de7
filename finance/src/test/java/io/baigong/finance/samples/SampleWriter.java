package io.baigong.finance.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes the shipped samples again: {@code SampleWriter TEXTS OUT FONTS}.
 *
 * <p>{@code FONTS} is a folder with the Liberation fonts (SIL Open Font License), which are embedded as subsets.
 */
public final class SampleWriter {
    private SampleWriter() {}

    public static void main(String[] args) throws IOException {
        Path texts = Path.of(args[0]);
        Path out = Path.of(args[1]);
        Path fonts = Path.of(args[2]);
        try (var pdf = new PdfSample(
                fonts.resolve("LiberationSerif-Regular.ttf"), fonts.resolve("LiberationSerif-Bold.ttf"))) {
            pdf.write(paragraphs(texts.resolve("managed-services-agreement.txt")));
            pdf.save(out.resolve("managed-services-agreement.pdf"));
        }
        new DocxSample()
                .write(
                        paragraphs(texts.resolve("software-licence-agreement.txt")),
                        out.resolve("software-licence-agreement.docx"));
    }

    private static List<String> paragraphs(Path text) throws IOException {
        return Files.readString(text).lines().filter(line -> !line.isBlank()).toList();
    }
}
