package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodiEspCaseTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Paciente",
                "{\"id\": Paciente}",
                "{\"id\":\"1\",\"text_es\":\"Paciente",
                "{\"id\":\"1\",\"text_es\":\"Paciente\",\"diagnosis_codes\":[],"
                        + "\"evidence_es\":[{\"type\":\"DIAGNOSTICO\",\"spans\":[[0,99]]}]}"
            })
    void saysWhichLineIsNoCaseAndNothingOfItsText(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.jsonl"), "\n" + line + "\n");
        IOException e = catchThrowableOfType(IOException.class, () -> CodiEspCase.read(file));
        assertThat(e)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("Paciente")
                .hasNoCause();
    }
}
