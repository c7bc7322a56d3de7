package io.baigong.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.host.trial.CountWords;
import io.baigong.spi.Attachment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputBinderTest {
    private static final GivenFile FILE = new GivenFile("document", "a.txt", Path.of("/tmp/a"));

    private static CountWords.Input bind(Map<String, String> fields, GivenFile... files) throws InvalidInput {
        return InputBinder.bind(CountWords.Input.class, List.of(files), fields);
    }

    @Test
    void bindsFilesTextsAndJson() throws InvalidInput {
        var input = bind(Map.of("letters", "LOWER_CASE", "longest", "7", "without", "[\"a\", \"b\"]"), FILE);

        assertThat(input)
                .isEqualTo(new CountWords.Input(
                        new Attachment("a.txt", Path.of("/tmp/a")),
                        CountWords.Letters.LOWER_CASE,
                        7,
                        List.of("a", "b")));
    }

    @Test
    void whatMayBeAbsentMayBeEmptyToo() throws InvalidInput {
        assertThat(bind(Map.of("letters", ""), FILE).letters()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "letters | UPPER | letters can't be “UPPER” | one of AS_GIVEN, LOWER_CASE",
                "longest | many  | longest can't be “many”  | a number",
                "without | {     | without can't be “{”     | JSON",
                "colour  | red   | this task takes no colour | document, letters, longest, without",
                "document | x    | document is a file       | part with a file name"
            })
    void whatDoesNotFitIsNamed(String field, String value, String detail, String remedy) {
        assertThatThrownBy(() -> bind(Map.of(field, value), FILE)).isInstanceOfSatisfying(InvalidInput.class, e -> {
            assertThat(e.detail()).contains(detail);
            assertThat(e.remedy()).contains(remedy);
        });
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> bind(Map.of())).hasMessage("the file document is missing");
    }

    @Test
    void twoFilesForOneComponentAreRefused() {
        assertThatThrownBy(() -> bind(Map.of(), FILE, FILE)).hasMessage("two files were given for document");
    }

    @Test
    void aFileForAValueIsRefused() {
        assertThatThrownBy(() -> bind(Map.of(), FILE, new GivenFile("longest", "b", Path.of("/tmp/b"))))
                .hasMessageContaining("longest is a value");
    }
}
