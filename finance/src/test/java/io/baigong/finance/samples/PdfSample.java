package io.baigong.finance.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Sets a plain text as a PDF: justified serif text on US Letter, numbered pages. */
final class PdfSample implements AutoCloseable {
    private static final float MARGIN = 72;
    private static final float SIZE = 11;
    private static final float LEADING = 15.5f;

    private final PDDocument document = new PDDocument();
    private final PDFont regular;
    private final PDFont bold;
    private PDPageContentStream stream;
    private float y;

    PdfSample(Path regularFont, Path boldFont) throws IOException {
        try (var in = Files.newInputStream(regularFont);
                var inBold = Files.newInputStream(boldFont)) {
            regular = PDType0Font.load(document, in, true);
            bold = PDType0Font.load(document, inBold, true);
        }
        stream = newPage();
    }

    void write(List<String> paragraphs) throws IOException {
        for (String paragraph : paragraphs) {
            if (paragraph.startsWith("# ")) {
                centred(paragraph.substring(2), 15);
            } else if (paragraph.startsWith("## ")) {
                y -= 6;
                lines(paragraph.substring(3), bold);
            } else {
                lines(paragraph, regular);
            }
        }
    }

    void save(Path file) throws IOException {
        stream.close();
        document.getDocumentInformation().setTitle(file.getFileName().toString());
        document.save(file.toFile());
    }

    private void centred(String text, float size) throws IOException {
        float width = bold.getStringWidth(text) / 1000 * size;
        show(text, bold, size, (PDRectangle.LETTER.getWidth() - width) / 2, 0);
        y -= LEADING * 2;
    }

    private void lines(String text, PDFont font) throws IOException {
        float room = PDRectangle.LETTER.getWidth() - 2 * MARGIN;
        var line = new ArrayList<String>();
        for (String word : text.split(" ", -1)) {
            line.add(word);
            if (width(line, font) > room) {
                line.removeLast();
                line(line, font, (room - width(line, font)) / Math.max(1, line.size() - 1));
                line.clear();
                line.add(word);
            }
        }
        line(line, font, 0);
        y -= 6;
    }

    private void line(List<String> words, PDFont font, float extraSpace) throws IOException {
        if (y < MARGIN + LEADING) {
            stream.close();
            stream = newPage();
        }
        show(String.join(" ", words), font, SIZE, MARGIN, extraSpace);
        y -= LEADING;
    }

    /** Composite fonts ignore word spacing, so that each word is placed by itself, the space included. */
    private void show(String text, PDFont font, float size, float x, float extraSpace) throws IOException {
        stream.beginText();
        stream.setFont(font, size);
        stream.newLineAtOffset(x, y);
        String[] words = text.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            String shown = i + 1 < words.length ? words[i] + " " : words[i];
            stream.showText(shown);
            stream.newLineAtOffset(font.getStringWidth(shown) / 1000 * size + extraSpace, 0);
        }
        stream.endText();
    }

    private float width(List<String> words, PDFont font) throws IOException {
        return font.getStringWidth(String.join(" ", words)) / 1000 * SIZE;
    }

    private PDPageContentStream newPage() throws IOException {
        var page = new PDPage(PDRectangle.LETTER);
        document.addPage(page);
        var content = new PDPageContentStream(document, page);
        y = 40;
        stream = content;
        String number = String.valueOf(document.getNumberOfPages());
        show(number, regular, 9, PDRectangle.LETTER.getWidth() / 2, 0);
        y = PDRectangle.LETTER.getHeight() - MARGIN;
        return content;
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
