package io.baigong.medical.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexImportTest {
    private static final String INDEX = """
            <?xml version="1.0" encoding="utf-8"?>
            <ICD10CM.index><version>2019</version><letter><title>A</title>
            <mainTerm><title>Accident<nemod>(to)</nemod></title><code>X58</code>
              <term level="1"><title>boat, boating</title><seeAlso>Accident, watercraft</seeAlso>
                <term level="2"><title>powered NEC</title><code>V94.11</code></term></term></mainTerm>
            </letter></ICD10CM.index>""";
    private static final String TABLE = """
            <ICD10CM.index><version>2019</version>
            <indexHeading><head col="1">Neoplasm</head><head col="2">Malignant Primary</head><head col="3">Malignant Secondary</head></indexHeading>
            <letter><title>N</title><mainTerm><title>Neoplasm, neoplastic</title><cell col="2">C80.1</cell><cell col="3">C79.9</cell>
            <term level="1"><title>abdomen, abdominal</title><cell col="2">C76.2</cell><cell col="3">C79.8-</cell></term></mainTerm></letter>
            </ICD10CM.index>""";

    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "index", ".xml"), content);
    }

    @Test
    void aTermIsTheWordsOnTheWayToItsCode() throws IOException {
        IndexTerms terms = IndexImport.read(List.of(file(INDEX), file(TABLE)));
        assertThat(terms.terms())
                .containsExactly(
                        new IndexTerms.Term("X58", "Accident"),
                        new IndexTerms.Term("V94.11", "Accident, boat, powered"),
                        new IndexTerms.Term("C80.1", "malignant neoplasm"),
                        new IndexTerms.Term("C79.9", "secondary malignant neoplasm"),
                        new IndexTerms.Term("C76.2", "malignant neoplasm abdomen"));
        var out = new ByteArrayOutputStream();
        terms.write(out);
        assertThat(IndexTerms.read(new ByteArrayInputStream(out.toByteArray()))).isEqualTo(terms);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML",
                "<ICD10CM.index><letter>",
                "<ICD10CM.index></ICD10CM.index>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><ICD10CM.index>&e;</ICD10CM.index>"
            })
    void whatIsNoIndexIsRefused(String content) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> IndexImport.read(List.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aHostileDepthIsRefused() throws IOException {
        Path file = file("<i>" + "<term>".repeat(100_000));
        assertThatThrownBy(() -> IndexImport.read(List.of(file))).isInstanceOf(IOException.class);
    }

    @Test
    void aCutFileIsRefused() throws IOException {
        var out = new ByteArrayOutputStream();
        IndexImport.read(List.of(file(INDEX))).write(out);
        byte[] whole = out.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> IndexTerms.read(new ByteArrayInputStream(cut)))
                    .isInstanceOf(IOException.class);
        }
    }
}
