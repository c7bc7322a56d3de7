package io.baigong.finance.document;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes PDFs that no library would write. Object 1 is the catalogue. */
final class RawPdf {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();

    RawPdf() {
        write("%PDF-1.7\n");
    }

    /** Adds the next object; answers its number. */
    int add(String body) {
        int number = offsets.size() + 1;
        offsets.add(out.size());
        write(number + " 0 obj\n" + body + "\nendobj\n");
        return number;
    }

    int addStream(String dictionary, byte[] data) {
        int number = offsets.size() + 1;
        offsets.add(out.size());
        write(number + " 0 obj\n<<" + dictionary + " /Length " + data.length + ">>\nstream\n");
        out.writeBytes(data);
        write("\nendstream\nendobj\n");
        return number;
    }

    byte[] bytes() {
        int xref = out.size();
        write("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
        for (int offset : offsets) {
            write(String.format(Locale.ROOT, "%010d 00000 n \n", offset));
        }
        write("trailer\n<</Size " + (offsets.size() + 1) + " /Root 1 0 R>>\nstartxref\n" + xref + "\n%%EOF\n");
        return out.toByteArray();
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** One page, Helvetica as {@code /F1}, with these contents and these further entries. */
    static byte[] page(String contentDictionary, byte[] content, String more) {
        var pdf = new RawPdf();
        pdf.add("<</Type/Catalog /Pages 2 0 R>>");
        pdf.add("<</Type/Pages /Kids[3 0 R] /Count 1>>");
        pdf.add("<</Type/Page /Parent 2 0 R /MediaBox[0 0 612 792] /Contents 4 0 R "
                + "/Resources<</Font<</F1<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>>>>> " + more + ">>");
        pdf.addStream(contentDictionary, content);
        return pdf.bytes();
    }

    /** A page of Letter size that shows one picture, whose dictionary has these entries. */
    static byte[] picture(String dictionary, byte[] content) {
        var pdf = new RawPdf();
        pdf.add("<</Type/Catalog /Pages 2 0 R>>");
        pdf.add("<</Type/Pages /Kids[3 0 R] /Count 1>>");
        pdf.add(
                "<</Type/Page /Parent 2 0 R /MediaBox[0 0 612 792] /Contents 4 0 R /Resources<</XObject<</X 5 0 R>>>>>>");
        pdf.addStream("", "612 0 0 792 0 0 cm /X Do".getBytes(StandardCharsets.ISO_8859_1));
        pdf.addStream("/Type/XObject /Subtype/Image " + dictionary, content);
        return pdf.bytes();
    }

    static byte[] page(String content) {
        return page("", content.getBytes(StandardCharsets.ISO_8859_1), "");
    }

    /** So many zeros, deflated so many times. */
    static byte[] deflatedZeros(long count, int times) {
        byte[] data = null;
        for (int i = 0; i < times; i++) {
            var deflated = new ByteArrayOutputStream();
            try (var out = new DeflaterOutputStream(deflated, new Deflater(9), 1 << 16)) {
                if (data == null) {
                    byte[] zeros = new byte[1 << 20];
                    for (long left = count; left > 0; left -= zeros.length) {
                        out.write(zeros, 0, (int) Math.min(left, zeros.length));
                    }
                } else {
                    out.write(data);
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            data = deflated.toByteArray();
        }
        return data;
    }
}
