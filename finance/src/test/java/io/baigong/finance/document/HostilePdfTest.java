package io.baigong.finance.document;

import static io.baigong.finance.document.TestFiles.file;
import static io.baigong.finance.document.TestFiles.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PDFs that are broken, locked, or made to exhaust their reader. */
class HostilePdfTest {
    @TempDir
    private Path folder;

    @Test
    void hundredThousandPages() {
        assertThat(refusal(file(folder, "long.pdf", flatTree(100_000, 100_000)), ErrorCode.User.TOO_LARGE)
                        .detail())
                .contains("100000 pages")
                .contains("300");
    }

    @Test
    void hundredThousandPagesThatClaimToBeOne() {
        assertThat(refusal(file(folder, "liar.pdf", flatTree(100_000, 1)), ErrorCode.User.TOO_LARGE)
                        .remedy())
                .contains("Split");
    }

    private static byte[] flatTree(int pages, int declared) {
        var pdf = new RawPdf();
        pdf.add("<</Type/Catalog /Pages 2 0 R>>");
        String kids = IntStream.range(3, 3 + pages).mapToObj(i -> i + " 0 R").collect(Collectors.joining(" "));
        pdf.add("<</Type/Pages /Kids[" + kids + "] /Count " + declared + ">>");
        for (int i = 0; i < pages; i++) {
            pdf.add("<</Type/Page /Parent 2 0 R /MediaBox[0 0 612 792]>>");
        }
        return pdf.bytes();
    }

    @Test
    void pageTreeNestedDeep() {
        var pdf = new RawPdf();
        pdf.add("<</Type/Catalog /Pages 2 0 R>>");
        int depth = 20_000;
        for (int i = 0; i < depth; i++) {
            pdf.add("<</Type/Pages /Kids[" + (i + 3) + " 0 R] /Count 1>>");
        }
        pdf.add("<</Type/Page /MediaBox[0 0 612 792]>>");
        refusal(file(folder, "deep.pdf", pdf.bytes()), ErrorCode.User.HOSTILE);
    }

    @Test
    void pageTreeInACircle() {
        var pdf = new RawPdf();
        pdf.add("<</Type/Catalog /Pages 2 0 R>>");
        pdf.add("<</Type/Pages /Kids[3 0 R] /Count 1>>");
        pdf.add("<</Type/Pages /Kids[3 0 R] /Count 1>>");
        refusal(file(folder, "circle.pdf", pdf.bytes()), ErrorCode.User.HOSTILE);
    }

    @Test
    void parentsInACircle() {
        var pdf = new RawPdf();
        pdf.add("<</Type/Catalog /Pages 2 0 R>>");
        pdf.add("<</Type/Pages /Kids[3 0 R] /Count 1 /Parent 4 0 R>>");
        pdf.add("<</Type/Page /Parent 2 0 R /Contents 5 0 R>>");
        pdf.add("<</Type/Pages /Parent 2 0 R>>");
        pdf.addStream("", "0 0 m 9 9 l S".getBytes(StandardCharsets.ISO_8859_1));
        UnreadableDocument refusal = catchThrowableOfType(
                UnreadableDocument.class,
                () -> ContractReader.read(file(folder, "parents.pdf", pdf.bytes()), page -> java.util.List.of()));
        assertThat(refusal.code()).isInstanceOf(ErrorCode.User.class);
    }

    @Test
    void compressedBombs() {
        for (int layers = 1; layers <= 4; layers++) {
            byte[] bomb = RawPdf.deflatedZeros(600L << 20, layers);
            String filters = "/Filter[" + "/FlateDecode".repeat(layers) + "]";
            assertThat(bomb.length).isLessThan(1 << 20);
            UnreadableDocument refusal =
                    refusal(file(folder, "bomb.pdf", RawPdf.page(filters, bomb, "")), ErrorCode.User.HOSTILE);
            assertThat(refusal.detail()).contains("bomb");
        }
    }

    @Test
    void formsThatDrawEachOtherWithoutEnd() {
        var pdf = new RawPdf();
        pdf.add("<</Type/Catalog /Pages 2 0 R>>");
        pdf.add("<</Type/Pages /Kids[3 0 R] /Count 1>>");
        String font = "/Font<</F1<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>>>";
        pdf.add(
                "<</Type/Page /Parent 2 0 R /MediaBox[0 0 612 792] /Contents 4 0 R /Resources<</XObject<</X 5 0 R>>>>>>");
        byte[] tenTimes = "/X Do ".repeat(10).getBytes(StandardCharsets.ISO_8859_1);
        pdf.addStream("", tenTimes);
        for (int i = 5; i < 15; i++) {
            pdf.addStream(
                    "/Type/XObject /Subtype/Form /BBox[0 0 9 9] /Resources<</XObject<</X " + (i + 1) + " 0 R>>>>",
                    tenTimes);
        }
        pdf.addStream(
                "/Type/XObject /Subtype/Form /BBox[0 0 9 9] /Resources<<" + font + ">>",
                "BT /F1 9 Tf (laughs) Tj ET".getBytes(StandardCharsets.ISO_8859_1));
        refusal(file(folder, "laughs.pdf", pdf.bytes()), ErrorCode.User.TOO_LARGE);
    }

    @Test
    void arraysNestedDeep() {
        byte[] inContent = RawPdf.page("[".repeat(200_000) + "]".repeat(200_000) + " TJ");
        byte[] inCatalogue = inFront("/X " + "[".repeat(200_000));
        for (byte[] bytes : new byte[][] {inContent, inCatalogue}) {
            UnreadableDocument refusal = catchThrowableOfType(
                    UnreadableDocument.class,
                    () -> ContractReader.read(file(folder, "arrays.pdf", bytes), page -> java.util.List.of()));
            assertThat(refusal).isNotNull();
            assertThat(refusal.code()).isInstanceOf(ErrorCode.User.class);
        }
    }

    private static byte[] inFront(String entry) {
        var pdf = new RawPdf();
        pdf.add("<<" + entry + " /Type/Catalog /Pages 2 0 R>>");
        pdf.add("<</Type/Pages /Kids[] /Count 0>>");
        return pdf.bytes();
    }

    @Test
    void pictureOfThreeGigapixels() {
        byte[] pdf = RawPdf.picture(
                "/Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace/DeviceGray /Filter/FlateDecode",
                RawPdf.deflatedZeros(1000, 1));
        assertThat(refusal(file(folder, "gigapixel.pdf", pdf), ErrorCode.User.TOO_LARGE)
                        .detail())
                .contains("Page 1")
                .contains("megapixels");
    }

    /** ITU-T T.88: the page's information says 60,000 by 60,000, whatever the PDF says of the picture. */
    @Test
    void pictureInJbig2ThatIsLargerThanThePdfSays() {
        byte[] segments = ByteBuffer.allocate(30)
                .putInt(0)
                .put(new byte[] {0x30, 0, 1})
                .putInt(19)
                .putInt(60_000)
                .putInt(60_000)
                .array();
        byte[] pdf = RawPdf.picture(
                "/Width 100 /Height 100 /BitsPerComponent 1 /ColorSpace/DeviceGray /Filter/JBIG2Decode", segments);
        assertThat(refusal(file(folder, "huge.pdf", pdf), ErrorCode.User.TOO_LARGE)
                        .detail())
                .contains("megapixels");
    }

    @Test
    void pageOfAThousandKilometresIsDrawnSmall() throws UnreadableDocument {
        byte[] bytes = new String(
                        RawPdf.page("0 0 900000000 900000000 re f 5 5 m 99 99 l S"), StandardCharsets.ISO_8859_1)
                .replace("/MediaBox[0 0 612 792]", "/MediaBox[0 0 2000000000 3000000000]")
                .getBytes(StandardCharsets.ISO_8859_1);
        ContractDocument document = ContractReader.read(file(folder, "huge.pdf", bytes), page -> {
            assertThat((long) page.getWidth() * page.getHeight()).isLessThan(10_000_000);
            return java.util.List.of(new io.baigong.spi.RecognisedWord("Agreement", 10, 10, 50, 10, 0.9));
        });
        assertThat(document.text()).isEqualTo("Agreement");
    }

    @Test
    void lockedWithAPassword() throws IOException {
        UnreadableDocument refusal =
                refusal(file(folder, "locked.pdf", encrypted("secret", "owner")), ErrorCode.User.ENCRYPTED);
        assertThat(refusal.remedy()).contains("password");
    }

    @Test
    void protectedAgainstChangesOnlyIsRead() throws IOException {
        ContractDocument document = TestFiles.read(file(folder, "protected.pdf", encrypted("", "owner")));
        assertThat(document.text()).contains("Managed Services");
    }

    private static byte[] encrypted(String user, String owner) throws IOException {
        var out = new ByteArrayOutputStream();
        try (PDDocument pdf = Loader.loadPDF(
                TestFiles.sample("managed-services-agreement.pdf").file().toFile())) {
            var policy = new StandardProtectionPolicy(owner, user, new AccessPermission());
            policy.setEncryptionKeyLength(256);
            pdf.protect(policy);
            pdf.save(out);
        }
        return out.toByteArray();
    }

    @Test
    void cutOffAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(
                TestFiles.sample("managed-services-agreement.pdf").file());
        for (int length = 1; length < whole.length; length = length * 3 / 2 + 1) {
            Attachment cut = file(folder, "cut.pdf", Arrays.copyOf(whole, length));
            UnreadableDocument refusal = catchThrowableOfType(
                    UnreadableDocument.class, () -> ContractReader.read(cut, page -> java.util.List.of()));
            if (refusal != null && length > 5) {
                assertThat(refusal.code()).as("cut at " + length).isIn(ErrorCode.User.CORRUPT, ErrorCode.User.NO_TEXT);
                assertThat(refusal.remedy()).isNotBlank();
            }
        }
        refusal(file(folder, "cut.pdf", Arrays.copyOf(whole, 2000)), ErrorCode.User.CORRUPT);
    }

    @Test
    void garbageAfterTheHeader() {
        byte[] garbage = new byte[3_000_000];
        new java.util.Random(7).nextBytes(garbage);
        System.arraycopy("%PDF-1.7\n".getBytes(StandardCharsets.ISO_8859_1), 0, garbage, 0, 9);
        refusal(file(folder, "garbage.pdf", garbage), ErrorCode.User.CORRUPT);
    }

    @Test
    void timeRunsOut() {
        Limits none = new Limits(1 << 20, 1 << 20, 300, 1000, Duration.ZERO, Duration.ZERO);
        UnreadableDocument refusal = catchThrowableOfType(
                UnreadableDocument.class,
                () -> ContractReader.read(TestFiles.sample("managed-services-agreement.pdf"), TestFiles.NO_OCR, none));
        assertThat(refusal.code()).isEqualTo(ErrorCode.Resource.TIMEOUT);
    }

    /** A stretch of a page that is drawn without end must not hold its reader up, nor may many such hold up the machine. */
    @Test
    void whatIsDrawnForeverIsLeftBehind() throws Exception {
        var end = new CountDownLatch(1);
        var second = new Deadline(Duration.ofMillis(200), Duration.ZERO);
        for (int i = 0; i < 2; i++) {
            assertThat(catchThrowableOfType(
                            Deadline.Expired.class,
                            () -> second.parsing(() -> {
                                end.await();
                                return "";
                            })))
                    .hasMessageContaining("longer than");
        }
        var minute = new Deadline(Duration.ofMinutes(1), Duration.ZERO);
        assertThat(catchThrowableOfType(Deadline.Expired.class, () -> minute.parsing(() -> "drawn")))
                .hasMessageContaining("still being drawn");
        end.countDown();
        String drawn = null;
        for (int tries = 0; drawn == null && tries < 100; tries++) {
            Thread.sleep(50);
            try {
                drawn = minute.parsing(() -> "drawn");
            } catch (Deadline.Expired e) {
                // the threads have not ended yet
            }
        }
        assertThat(drawn).isEqualTo("drawn");
    }

    @Test
    void tooMuchText() {
        Limits little = new Limits(1 << 20, 1 << 20, 300, 1000, Duration.ofMinutes(1), Duration.ZERO);
        for (String sample : new String[] {"managed-services-agreement.pdf", "software-licence-agreement.docx"}) {
            UnreadableDocument refusal = catchThrowableOfType(
                    UnreadableDocument.class,
                    () -> ContractReader.read(TestFiles.sample(sample), TestFiles.NO_OCR, little));
            assertThat(refusal.code()).isEqualTo(ErrorCode.User.TOO_LARGE);
            assertThat(refusal.detail()).contains("1000 characters");
        }
    }

    @Test
    void whatAReaderThrowsInsideComesOutAsARefusal() {
        Attachment scan = file(folder, "scan.pdf", RawPdf.page("9 9 99 99 re f"));
        assertThat(thrown(scan, new OutOfMemoryError("planted")).code()).isEqualTo(ErrorCode.Resource.EXHAUSTED);
        assertThat(thrown(scan, new StackOverflowError("planted")).code()).isEqualTo(ErrorCode.User.HOSTILE);
        UnreadableDocument noModel = thrown(scan, new ModelException(ErrorCode.Model.UNAVAILABLE, "no model for OCR"));
        assertThat(noModel.code()).isEqualTo(ErrorCode.Model.UNAVAILABLE);
        assertThat(noModel.detail()).contains("no text layer");
    }

    private static UnreadableDocument thrown(Attachment scan, Throwable planted) {
        return catchThrowableOfType(
                UnreadableDocument.class,
                () -> ContractReader.read(scan, page -> {
                    switch (planted) {
                        case Error error -> throw error;
                        case RuntimeException exception -> throw exception;
                        default -> throw new AssertionError(planted);
                    }
                }));
    }
}
