package io.baigong.medical.note;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.spi.LocalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            French | Le patient est hospitalisé pour une pneumopathie avec une fièvre à 39 depuis trois jours. Les antécédents sont une hypertension et un diabète. Il est traité par antibiotiques dans le service, sans complication au cours du séjour.
            German | Der Patient wurde mit Fieber und Husten aufgenommen. Die Aufnahme ist bei Verdacht auf eine Pneumonie erfolgt, das Röntgenbild wurde am Tag der Aufnahme gemacht und ist nicht eindeutig. Von den Blutwerten ist der CRP erhöht.
            Italian | Il paziente è stato ricoverato per febbre e tosse. Non sono presenti segni di scompenso nel corso della degenza. Alla visita il murmure è ridotto, con rantoli alla base destra e segni di addensamento.
            Portuguese | O doente foi internado com febre e tosse. Na admissão não tinha sinais de choque. Foi medicado com antibióticos e teve uma boa evolução, com alta ao quinto dia. Os exames do tórax foram normais.
            a language of another script | Пациент поступил с жалобами на кашель и температуру. Диагноз: пневмония.
            Japanese | 患者は発熱と咳のために入院した。胸部の写真に影がある。
            """)
    void tellsLanguagesThatAreNotRead(String language, String text) {
        assertThat(Language.other(text)).map(LocalText::en).contains(language);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Fever, cough. HTA. DM2.",
                "Paciente de 40 años con fiebre y tos de tres días de evolución, que acude a urgencias por dolor en el pecho.",
                "出院诊断：高血压病3级，2型糖尿病。",
                "Ch. Hepatitis, Z.n. PE, Fieber"
            })
    void saysNothingOfThoseThatAreReadNorOfFewWords(String text) {
        assertThat(Language.other(text)).isEmpty();
    }

    @Test
    void saysNothingOfTheSamples() throws IOException {
        for (String sample : new String[] {"discharge-en.txt", "discharge-es.txt", "discharge-zh.txt"}) {
            try (var in = Objects.requireNonNull(LanguageTest.class.getResourceAsStream("/samples/" + sample))) {
                assertThat(Language.other(new String(in.readAllBytes(), StandardCharsets.UTF_8)))
                        .as(sample)
                        .isEmpty();
            }
        }
    }
}
