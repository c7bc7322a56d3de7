package io.baigong.medical.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.spi.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoteReaderTest {
    private static final String HL7 = "MSH|^~\\&|EHR|HOSP|||202011240900||ORU^R01|1|P|2.5.1\rPID|1||123\r"
            + "OBX|1|TX|11488-4^Consult note||Patient with asthma \\T\\ COPD.~No fever.\rOBX|2|NM|8867-4||72\r";

    @TempDir
    Path folder;

    @Test
    void readsHl7Messages() throws UnreadableNote {
        assertThat(NoteReader.text(HL7)).isEqualTo("Patient with asthma & COPD.\nNo fever.\n");
        String encoded = Base64.getEncoder().encodeToString("Fever.".getBytes(StandardCharsets.UTF_8));
        assertThat(NoteReader.text("MSH|^~\\&|A|B\rOBX|1|ED|1||^TEXT^plain^Base64^" + encoded + "\r"))
                .isEqualTo("Fever.\n");
    }

    @Test
    void readsFhirResources() throws UnreadableNote {
        String data = Base64.getEncoder().encodeToString("Paciente con asma.".getBytes(StandardCharsets.UTF_8));
        String document =
                "{\"resourceType\":\"DocumentReference\",\"content\":[{\"attachment\":{\"contentType\":\"text/plain\",\"data\":\""
                        + data + "\"}}]}";
        assertThat(NoteReader.text(document).strip()).isEqualTo("Paciente con asma.");
        String composition =
                "{\"resourceType\":\"Composition\",\"section\":[{\"title\":\"Diagnosis\",\"text\":{\"div\":"
                        + "\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><p>Asthma</p><p>Fever</p></div>\"}}]}";
        assertThat(NoteReader.text(composition)).startsWith("Diagnosis:\nAsthma\nFever");
        String bundle = "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" + composition + "},{\"resource\":"
                + document + "}]}";
        assertThat(NoteReader.text(bundle)).contains("Asthma").contains("Paciente con asma.");
    }

    @Test
    void readsHtmlAndOtherEncodings() throws Exception {
        assertThat(NoteReader.text("<html><body><h1>Note</h1><p>Fever &amp; cough</p><script>x</script></body></html>"))
                .isEqualTo("Note\nFever & cough");
        assertThat(NoteReader.read(write("出院诊断：高血压，2型糖尿病".getBytes(Charset.forName("GB18030"))))
                        .text())
                .contains("高血压");
        assertThat(NoteReader.read(write("Exploración física".getBytes(Charset.forName("windows-1252")))))
                .isEqualTo(new NoteReader.Read("Exploración física", false));
        assertThat(NoteReader.read(write("\uFEFFfever".getBytes(StandardCharsets.UTF_16LE))))
                .isEqualTo(new NoteReader.Read("fever", false));
    }

    /** Where one system pasted into the note of another, each line is read as what it is. */
    @ParameterizedTest
    @CsvSource({"windows-1252, Exploración física: tensión", "GB18030, 出院诊断：高血压，二型糖尿病，慢性肾脏病"})
    void readsLinesOfDifferentEncodings(String other, String line) throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.write("Fiebre de 39 grados\n".getBytes(StandardCharsets.US_ASCII));
        bytes.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        bytes.write((line + "\n").getBytes(Charset.forName(other)));
        NoteReader.Read read = NoteReader.read(write(bytes.toByteArray()));
        assertThat(read.text()).isEqualTo("Fiebre de 39 grados\n" + line + "\n" + line + "\n");
        assertThat(read.mixedEncodings()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n ",
                "{\"resourceType\":\"Patient\"}",
                "{\"resourceType\":",
                "{}",
                "MSH|^~\\&|A|B\rPID|1\r",
                "MSH|^~\\&|A|B\rOBX|1|TX\r",
                "MSH|^~\\&|A|B\rOBX|1|ED|1||^TEXT^plain^Base64^!!!\r",
                "{\"resourceType\":\"DocumentReference\",\"content\":[{\"attachment\":{\"contentType\":\"application/pdf\",\"data\":\"AAAA\"}}]}"
            })
    void saysWhatIsWrongAndHowToMendIt(String content) {
        assertThatThrownBy(() -> NoteReader.text(content))
                .isInstanceOfSatisfying(
                        UnreadableNote.class, e -> assertThat(e.remedy()).isNotBlank());
    }

    @Test
    void refusesWhatIsTooLargeOrNoText() throws IOException {
        assertThatThrownBy(() -> NoteReader.text("fever ".repeat(100_000)))
                .isInstanceOfSatisfying(
                        UnreadableNote.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.User.TOO_LARGE));
        Path fiveMegabytes = write("fever ".repeat(5_000_000 / 6).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> NoteReader.read(fiveMegabytes))
                .isInstanceOfSatisfying(
                        UnreadableNote.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.User.TOO_LARGE));
        Path large = write(new byte[9 << 20]);
        assertThatThrownBy(() -> NoteReader.read(large))
                .isInstanceOfSatisfying(
                        UnreadableNote.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.User.TOO_LARGE));
        assertThatThrownBy(() -> NoteReader.read(write(new byte[300])))
                .isInstanceOfSatisfying(
                        UnreadableNote.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.User.UNSUPPORTED_FORMAT));
    }

    @Test
    void deepNestingEnds() throws UnreadableNote {
        assertThatThrownBy(() -> NoteReader.text(nested(400))).isInstanceOf(UnreadableNote.class);
        assertThat(NoteReader.text(nested(10))).contains("fever");
    }

    /** A document with text within so many bundles. */
    private static String nested(int bundles) {
        String data = Base64.getEncoder().encodeToString("fever".getBytes(StandardCharsets.UTF_8));
        String document =
                "{\"resourceType\":\"DocumentReference\",\"content\":[{\"attachment\":{\"data\":\"" + data + "\"}}]}";
        return "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":".repeat(bundles)
                + document
                + "}]}".repeat(bundles);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "note", ".bin"), bytes);
    }
}
