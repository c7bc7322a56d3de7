package io.baigong.finance.document;

import io.baigong.spi.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Finds a file's format from its first bytes. */
final class FormatDetector {
    private static final int HEAD = 4096;
    private static final int MOST_ENTRIES_LOOKED_AT = 200;
    private static final Pattern HTML = Pattern.compile(
            "<(!doctype html|html|head|body|title|p|div|table|font|center|meta|h[1-6])(\\s[^<]*)?>",
            Pattern.CASE_INSENSITIVE);
    private static final byte[] OLE2 = {
        (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
    };

    private FormatDetector() {}

    static Format detect(byte[] bytes) throws UnreadableDocument {
        // Readers accept a PDF whose header comes a little later, after a mail gateway's or a printer's preamble.
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
        int pdf = head.indexOf("%PDF-");
        if (pdf >= 0 && pdf <= 1024) {
            return Format.PDF;
        }
        if (head.startsWith("PK\3\4") || head.startsWith("PK\5\6")) {
            return zip(bytes);
        }
        if (startsWith(bytes, OLE2)) {
            throw ole2(bytes);
        }
        refuseOthers(head);
        return HTML.matcher(plain(head)).find() ? Format.HTML : Format.TEXT;
    }

    /** UTF-16 looks like ASCII between zeros; good enough to see a tag. */
    private static String plain(String head) {
        return head.indexOf('\0') < 0 ? head : head.replace("\0", "");
    }

    private static void refuseOthers(String head) throws UnreadableDocument {
        if (head.startsWith("{\\rtf")) {
            throw unsupported("an RTF document", "Save it as Word document (.docx) or as PDF.");
        }
        if (head.startsWith("<?xml") && head.contains("progid=\"Word.Document\"")) {
            throw unsupported("a Word 2003 XML document", "Save it as Word document (.docx) or as PDF.");
        }
        boolean picture = head.startsWith("\u0089PNG")
                || head.startsWith("\u00ff\u00d8\u00ff")
                || head.startsWith("GIF8")
                || head.startsWith("II*\0")
                || head.startsWith("MM\0*");
        if (picture) {
            throw unsupported("a picture", "Save the scanned pages as one PDF.");
        }
        if (head.startsWith("\u001f\u008b") || head.startsWith("Rar!") || head.startsWith("7z\u00bc\u00af")) {
            throw unsupported("a compressed archive", "Unpack it and send the contract itself.");
        }
    }

    private static Format zip(byte[] bytes) throws UnreadableDocument {
        Set<String> names = new HashSet<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            // Only headers are wanted, but a stream must inflate what it passes: what follows the first entries of an
            // honest DOCX is small, and ZipBombs looks at the rest.
            ZipEntry entry;
            long budget = 16L << 20;
            byte[] sink = new byte[8192];
            while ((entry = zip.getNextEntry()) != null && names.size() < MOST_ENTRIES_LOOKED_AT && budget > 0) {
                names.add(entry.getName().toLowerCase(Locale.ROOT));
                if (names.contains("word/document.xml")) {
                    return Format.DOCX;
                }
                int read;
                while (budget > 0 && (read = zip.read(sink)) > 0) {
                    budget -= read;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // Damaged further on; whether it is a DOCX is seen from the names that came before.
        }
        if (names.stream().anyMatch(name -> name.startsWith("word/"))
                || indexOf(bytes, "word/document".getBytes(StandardCharsets.US_ASCII)) >= 0) {
            return Format.DOCX;
        }
        if (names.stream().anyMatch(name -> name.startsWith("xl/"))) {
            throw unsupported("an Excel workbook", "Send the contract itself, as DOCX or PDF.");
        }
        if (names.stream().anyMatch(name -> name.startsWith("ppt/"))) {
            throw unsupported("a PowerPoint presentation", "Save it as PDF.");
        }
        if (names.contains("mimetype") && names.contains("content.xml")) {
            throw unsupported("an OpenDocument file", "Save it as Word document (.docx) or as PDF.");
        }
        if (names.isEmpty()) {
            throw new UnreadableDocument(
                    ErrorCode.User.CORRUPT,
                    "The file starts like a DOCX but is damaged or incomplete.",
                    "Get the file again, or open it in the program that made it and save it anew.");
        }
        throw unsupported("a ZIP archive that is no Word document", "Unpack it and send the contract itself.");
    }

    /** Names in an OLE2 directory are UTF-16LE; reading the container itself is not worth its risks. */
    private static UnreadableDocument ole2(byte[] bytes) {
        if (indexOf(bytes, "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE)) >= 0) {
            return new UnreadableDocument(
                    ErrorCode.User.ENCRYPTED,
                    "The Word document is encrypted: it opens only with a password.",
                    "Open it with its password, remove the password (File, Info, Protect Document) and save it anew.");
        }
        if (indexOf(bytes, "WordDocument".getBytes(StandardCharsets.UTF_16LE)) >= 0) {
            return unsupported("a Word document of the old binary format (.doc)", "Save it as .docx or as PDF.");
        }
        return unsupported("an Office file of the old binary format", "Save it as .docx or as PDF.");
    }

    private static UnreadableDocument unsupported(String what, String remedy) {
        return new UnreadableDocument(
                ErrorCode.User.UNSUPPORTED_FORMAT,
                "The file is " + what + "; contracts are read from PDF, DOCX, HTML and plain text.",
                remedy);
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && java.util.Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (bytes[i] == wanted[0]
                    && java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
