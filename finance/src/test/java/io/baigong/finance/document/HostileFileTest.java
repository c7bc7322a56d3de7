package io.baigong.finance.document;

import static io.baigong.finance.document.TestFiles.file;
import static io.baigong.finance.document.TestFiles.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of every other kind that are broken, locked, or made to exhaust their reader. */
class HostileFileTest {
    private static final String W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    @TempDir
    private Path folder;

    @Test
    void empty() {
        refusal(file(folder, "empty.pdf", ""), ErrorCode.User.EMPTY);
    }

    @Test
    void twoGigabytesAreNotRead() throws IOException {
        Path sparse = folder.resolve("sparse");
        try (var file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(2L << 30);
        }
        long start = System.nanoTime();
        UnreadableDocument refusal = refusal(new Attachment("big.pdf", sparse), ErrorCode.User.TOO_LARGE);
        assertThat(System.nanoTime() - start).isLessThan(500_000_000L);
        assertThat(refusal.detail()).contains("2048 MiB").contains("50");
    }

    @Test
    void missingFile() {
        refusal(new Attachment("gone.pdf", folder.resolve("gone")), ErrorCode.Internal.FAULT);
    }

    @Test
    void onlyWhiteSpace() {
        refusal(file(folder, "blank.txt", " \n\n\t "), ErrorCode.User.NO_TEXT);
        refusal(file(folder, "blank.html", "<html><body><p>&nbsp;</p></body></html>"), ErrorCode.User.NO_TEXT);
    }

    @Test
    void otherFormatsAreNamed() {
        assertThat(unsupported("a.rtf", "{\\rtf1\\ansi Agreement}")).contains("RTF");
        assertThat(unsupported("a.png", "\u0089PNG\r\n\u001a\n....")).contains("picture");
        assertThat(unsupported("a.xml", "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w/>"))
                .contains("Word 2003");
        assertThat(unsupported("a.exe", "MZ" + "\0\1\2\3\4\5\6\7".repeat(100))).contains("binary");
        assertThat(refusal(
                                file(folder, "a.xlsx", zip(Map.of("xl/workbook.xml", "<a/>"))),
                                ErrorCode.User.UNSUPPORTED_FORMAT)
                        .detail())
                .contains("Excel");
        assertThat(refusal(file(folder, "a.zip", zip(Map.of("a.txt", "x"))), ErrorCode.User.UNSUPPORTED_FORMAT)
                        .detail())
                .contains("ZIP");
        assertThat(refusal(
                                file(folder, "a.odt", zip(Map.of("mimetype", "x", "content.xml", "<a/>"))),
                                ErrorCode.User.UNSUPPORTED_FORMAT)
                        .remedy())
                .contains(".docx");
    }

    private String unsupported(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        return refusal(file(folder, name, bytes), ErrorCode.User.UNSUPPORTED_FORMAT)
                .detail();
    }

    @Test
    void wordLockedWithAPassword() throws IOException, GeneralSecurityException {
        var out = new ByteArrayOutputStream();
        try (var container = new POIFSFileSystem()) {
            var encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var data = encryptor.getDataStream(container)) {
                data.write(Files.readAllBytes(
                        TestFiles.sample("software-licence-agreement.docx").file()));
            }
            container.writeFilesystem(out);
        }
        UnreadableDocument refusal = refusal(file(folder, "locked.docx", out.toByteArray()), ErrorCode.User.ENCRYPTED);
        assertThat(refusal.remedy()).contains("password");
    }

    @Test
    void oldWord() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var container = new POIFSFileSystem()) {
            container.createDocument(new java.io.ByteArrayInputStream(new byte[5000]), "WordDocument");
            container.writeFilesystem(out);
        }
        UnreadableDocument refusal =
                refusal(file(folder, "old.doc", out.toByteArray()), ErrorCode.User.UNSUPPORTED_FORMAT);
        assertThat(refusal.detail()).contains(".doc");
        assertThat(refusal.remedy()).contains(".docx");
    }

    @Test
    void wordZipBomb() {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i < 2000; i++) {
                zip.write(blanks);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        refusal(file(folder, "bomb.docx", out.toByteArray()), ErrorCode.User.HOSTILE);
    }

    @Test
    void wordOfTooManyParts() {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            for (int i = 0; i < 50_000; i++) {
                zip.putNextEntry(new ZipEntry("word/media/" + i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        refusal(file(folder, "parts.docx", out.toByteArray()), ErrorCode.User.HOSTILE);
    }

    @Test
    void wordXmlBomb() {
        var entities = new StringBuilder("<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 12; i++) {
            entities.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        String bomb = "<?xml version=\"1.0\"?><!DOCTYPE w [" + entities + "]><w:document " + W
                + "><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>";
        assertThat(refusal(file(folder, "lol.docx", docx(bomb)), ErrorCode.User.HOSTILE)
                        .detail())
                .contains("entities");
        byte[] utf16 = bomb.replace("<?xml version=\"1.0\"?>", "").getBytes(StandardCharsets.UTF_16);
        assertThat(refusal(file(folder, "lol16.docx", docx(utf16)), ErrorCode.User.HOSTILE)
                        .detail())
                .contains("entities");
    }

    @Test
    void wordReadingOtherFiles() {
        String external = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document "
                + W + "><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>";
        refusal(file(folder, "xxe.docx", docx(external)), ErrorCode.User.HOSTILE);
    }

    @Test
    void wordNestedDeep() {
        String deep = "<w:document " + W + "><w:body>" + "<w:tbl><w:tr><w:tc>".repeat(50_000);
        refusal(file(folder, "deep.docx", docx(deep)), ErrorCode.User.HOSTILE);
    }

    @Test
    void wordCutOffAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(
                TestFiles.sample("software-licence-agreement.docx").file());
        for (int length = 8; length < whole.length; length = length * 5 / 4 + 1) {
            Attachment cut = file(folder, "cut.docx", Arrays.copyOf(whole, length));
            UnreadableDocument refusal =
                    catchThrowableOfType(UnreadableDocument.class, () -> ContractReader.read(cut, TestFiles.NO_OCR));
            if (refusal != null) {
                assertThat(refusal.code())
                        .as("cut at " + length + ": " + refusal)
                        .isIn(ErrorCode.User.CORRUPT, ErrorCode.User.UNSUPPORTED_FORMAT);
            }
        }
        refusal(file(folder, "cut.docx", Arrays.copyOf(whole, whole.length / 2)), ErrorCode.User.CORRUPT);
    }

    @Test
    void htmlNestedDeep() {
        String deep = "<html><body>" + "<div>".repeat(300_000) + "Agreement";
        ContractDocument document = TestFiles.read(file(folder, "deep.html", deep));
        assertThat(document.text()).contains("Agreement");
    }

    private static byte[] docx(String documentXml) {
        return docx(documentXml.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] docx(byte[] documentXml) {
        var parts = new java.util.LinkedHashMap<String, Object>();
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>");
        parts.put(
                "_rels/.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                        + "<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>");
        parts.put("word/document.xml", documentXml);
        return zip(parts);
    }

    private static byte[] zip(Map<String, ?> parts) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, ?> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(
                        part.getValue() instanceof byte[] bytes
                                ? bytes
                                : part.getValue().toString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
