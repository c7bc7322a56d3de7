package io.baigong.finance.document;

import static io.baigong.finance.document.TestFiles.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReadingTest {
    private static final String CHINESE = "本合同由甲方与乙方于二〇二六年三月一日签订，双方就软件许可事宜达成如下协议。\n\n第一条 定义";

    @TempDir
    private Path folder;

    @Test
    void encodingsWithAMark() {
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            ContractDocument document = TestFiles.read(file(folder, "a.txt", ("\ufeff" + CHINESE).getBytes(charset)));
            assertThat(document.text()).isEqualTo(CHINESE);
            assertThat(document.format()).isEqualTo(Format.TEXT);
            assertThat(document.notes()).isEmpty();
        }
    }

    @Test
    void chineseInItsOwnEncoding() {
        String text = CHINESE.repeat(5);
        ContractDocument document = TestFiles.read(file(folder, "a.txt", text.getBytes(Charset.forName("GB18030"))));
        assertThat(document.text()).isEqualTo(text);
        assertThat(document.notes()).singleElement().asString().contains("GB18030");
    }

    @Test
    void windowsQuotationMarks() {
        String text =
                "The “Supplier” shall provide the Services to the “Customer” – as agreed by the parties’ counsel.";
        ContractDocument document =
                TestFiles.read(file(folder, "a.txt", text.getBytes(Charset.forName("windows-1252"))));
        assertThat(document.text()).isEqualTo(text);
        assertThat(document.notes()).singleElement().asString().contains("windows-1252");
    }

    @Test
    void someInvalidBytes() {
        byte[] bytes = (CHINESE + "#" + CHINESE).getBytes(StandardCharsets.UTF_8);
        bytes[CHINESE.getBytes(StandardCharsets.UTF_8).length] = (byte) 0xff;
        ContractDocument document = TestFiles.read(file(folder, "a.txt", bytes));
        assertThat(document.text()).isEqualTo(CHINESE + "\ufffd" + CHINESE);
        assertThat(document.notes())
                .singleElement()
                .asString()
                .contains("1 places")
                .contains("U+FFFD");
    }

    @Test
    void rightToLeft() {
        String text = "הסכם זה נערך בין הצדדים.\n\nهذا العقد بين الطرفين.";
        assertThat(TestFiles.read(file(folder, "a.txt", text)).text()).isEqualTo(text);
    }

    @Test
    void lineBreaksAndControls() {
        ContractDocument document = TestFiles.read(
                file(folder, "a.txt", "One\r\nTwo\rThree\u00a0four\u0000\n\n\n\n\nFive and what else there is to say"));
        assertThat(document.text()).isEqualTo("One\nTwo\nThree four \n\nFive and what else there is to say");
    }

    @Test
    void neverALoneSurrogateOrZero() {
        var random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            char[] units = new char[20];
            for (int j = 0; j < units.length; j++) {
                units[j] = (char) (random.nextBoolean() ? 0xd7f0 + random.nextInt(0x820) : random.nextInt(0x10000));
            }
            String clean = CleanText.of(new String(units));
            assertThat(clean).hasSize(units.length).doesNotContain("\0", "\r", "\uffff");
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(clean)).isTrue();
            assertThat(CleanText.of(clean)).isEqualTo(clean);
        }
    }

    @Test
    void wrongExtensionIsNoted() {
        ContractDocument document =
                TestFiles.read(file(folder, "contract.pdf", "This Agreement is made between A and B."));
        assertThat(document.format()).isEqualTo(Format.TEXT);
        assertThat(document.notes())
                .singleElement()
                .asString()
                .contains("another format")
                .contains("plain text");
    }

    @Test
    void html() {
        String html = """
                <!DOCTYPE html><html><head><title>Not text</title><style>p {color: red}</style></head><body>
                <script>alert("not text")</script>
                <h1>Services   Agreement</h1>
                <p>This <b>Agree</b>ment is made<br>on 1&nbsp;March 2026.</p>
                <div style="display: none">hidden</div>
                <table><tr><td><p>Fee</p></td><td>EUR 100</td></tr><tr><td>Term</td><td>two<p>years</p></td></tr></table>
                <ul><li>first</li><li>second</li></ul>
                </body></html>""";
        ContractDocument document = TestFiles.read(file(folder, "a.htm", html));
        assertThat(document.format()).isEqualTo(Format.HTML);
        assertThat(document.text())
                .isEqualTo("Services Agreement\n\nThis Agreement is made\non 1 March 2026.\n\n"
                        + "Fee\tEUR 100\nTerm\ttwo\nyears\n\nfirst\n\nsecond");
    }

    @Test
    void htmlInADeclaredEncoding() {
        String html = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'></head><body><p>"
                + "双方就软件许可事宜达成如下协议</p></body></html>";
        ContractDocument document = TestFiles.read(file(folder, "a.html", html.getBytes(Charset.forName("GB2312"))));
        assertThat(document.text()).isEqualTo("双方就软件许可事宜达成如下协议");
    }

    @Test
    void filingWithAnOldWrapper() {
        String filing =
                "<DOCUMENT>\n<TYPE>EX-10.1\n<TEXT>\n<HTML><BODY><P>AGREEMENT</P><P>between A and B</P></BODY></HTML>";
        ContractDocument document = TestFiles.read(file(folder, "ex101.htm", filing));
        assertThat(document.format()).isEqualTo(Format.HTML);
        assertThat(document.text()).endsWith("AGREEMENT\n\nbetween A and B");
    }
}
