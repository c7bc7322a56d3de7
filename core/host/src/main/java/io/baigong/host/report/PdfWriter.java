package io.baigong.host.report;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;

/** Sets a page that this package wrote as PDF. Nothing is loaded from anywhere. Thread-safe. */
final class PdfWriter {
    private static final System.Logger LOG = System.getLogger(PdfWriter.class.getName());
    private static final String FONT = "NotoSansSC-Regular.ttf";
    private static final int REGULAR = 400;

    static {
        XRLog.setLoggingEnabled(false);
    }

    private PdfWriter() {}

    static void write(String html, OutputStream out) throws IOException {
        var builder = new PdfRendererBuilder();
        builder.withHtmlContent(html, null);
        builder.useFont(PdfWriter::font, "Noto Sans SC", REGULAR, FontStyle.NORMAL, true);
        builder.useReplacementText("□");
        builder.useUriResolver((_, _) -> null);
        builder.usePdfUaAccessibility(true);
        builder.withProducer("Baigong");
        builder.withDiagnosticConsumer(said -> LOG.log(Level.DEBUG, said::getFormattedMessage));
        builder.toStream(out);
        builder.run();
    }

    private static InputStream font() {
        InputStream font = PdfWriter.class.getResourceAsStream(FONT);
        if (font == null) {
            throw new IllegalStateException(FONT + " is not beside its class");
        }
        return font;
    }
}
