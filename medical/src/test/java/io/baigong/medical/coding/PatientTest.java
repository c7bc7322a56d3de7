package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatientTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Varón de 45 años, fumador. Su mujer refiere ronquidos. | male | 18 to 64",
                "Mujer de 65 años que acude por tos. | female | 65 and over",
                "Una paciente de 25 años acude a la consulta. | female | 18 to 64",
                "Se trata de un paciente de 70 años con hipertensión. | male | 65 and over",
                "Paciente de sexo femenino, de 23 años de edad. | female | 18 to 64",
                "Recién nacido de tres días de vida; su madre, de 30 años. | male | under 18",
                "Niña de 17 años. | female | under 18",
                "Lactante de 5 meses de edad remitida por fiebre. | not said | under 18",
                "Paciente de 35 años remitido por dolor. | not said | 18 to 64",
                "Acude por dolor. | not said | not said",
                "'' | not said | not said",
                "Hace 999 años. | not said | not said",
            })
    void saysWhoAReportIsAbout(String text, String sex, String age) {
        assertThat(Patient.of(text)).isEqualTo(new Patient(sex, age));
    }
}
