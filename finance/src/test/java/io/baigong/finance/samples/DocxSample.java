package io.baigong.finance.samples;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTRunTrackChange;

/** Sets a plain text as a DOCX; {@code [-gone-]} and {@code [+come+]} become tracked changes. */
final class DocxSample {
    private static final Pattern CHANGE = Pattern.compile("\\[-(.+?)-]|\\[\\+(.+?)\\+]");
    private int changes;

    void write(List<String> paragraphs, Path file) throws IOException {
        try (var document = new XWPFDocument();
                var out = Files.newOutputStream(file)) {
            for (String text : paragraphs) {
                XWPFParagraph paragraph = document.createParagraph();
                paragraph.setSpacingAfter(160);
                if (text.startsWith("# ")) {
                    paragraph.setAlignment(ParagraphAlignment.CENTER);
                    run(paragraph, text.substring(2), true, 15);
                } else if (text.startsWith("## ")) {
                    run(paragraph, text.substring(3), true, 11);
                } else {
                    body(paragraph, text);
                }
            }
            document.write(out);
        }
    }

    private void body(XWPFParagraph paragraph, String text) {
        var change = CHANGE.matcher(text);
        int from = 0;
        while (change.find()) {
            run(paragraph, text.substring(from, change.start()), false, 11);
            if (change.group(1) != null) {
                CTRunTrackChange deletion = mark(paragraph.getCTP().addNewDel());
                deletion.addNewR().addNewDelText().setStringValue(change.group(1));
            } else {
                CTRunTrackChange insertion = mark(paragraph.getCTP().addNewIns());
                insertion.addNewR().addNewT().setStringValue(change.group(2));
            }
            from = change.end();
        }
        run(paragraph, text.substring(from), false, 11);
    }

    private CTRunTrackChange mark(CTRunTrackChange change) {
        var date = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        date.clear();
        date.set(2026, Calendar.JUNE, 9, 9, 30);
        change.setAuthor("Licensor's counsel");
        change.setDate(date);
        change.setId(BigInteger.valueOf(++changes));
        return change;
    }

    private static void run(XWPFParagraph paragraph, String text, boolean bold, int size) {
        if (!text.isEmpty()) {
            var run = paragraph.createRun();
            run.setText(text);
            run.setBold(bold);
            run.setFontSize(size);
            run.setFontFamily("Liberation Serif");
        }
    }
}
