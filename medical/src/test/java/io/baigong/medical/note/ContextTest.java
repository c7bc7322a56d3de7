package io.baigong.medical.note;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The patient has pneumonia.|pneumonia|PRESENT",
                "He denies chest pain and fever.|fever|NEGATED",
                "There is no evidence of pulmonary embolism.|pulmonary embolism|NEGATED",
                "Pneumonia was ruled out.|Pneumonia|NEGATED",
                "No fever, but a productive cough.|cough|PRESENT",
                "No fever. Pneumonia of the right lower lobe.|Pneumonia|PRESENT",
                "His mother had breast cancer.|breast cancer|FAMILY",
                "Family history of diabetes.|diabetes|FAMILY",
                "History of colonic polyps.|colonic polyps|HISTORY",
                "Delirium was suspected at night.|Delirium|UNCERTAIN",
                "Findings consistent with sarcoidosis.|sarcoidosis|UNCERTAIN",
                "Pneumonia cannot be ruled out.|Pneumonia|UNCERTAIN",
                "We could not rule out pneumonia.|pneumonia|UNCERTAIN",
                "History of present illness: pneumonia since Monday.|pneumonia|PRESENT",
                "Her father has diabetes.|diabetes|FAMILY",
                "Status post appendicitis.|appendicitis|HISTORY",
                "No se puede descartar neumonía.|neumonía|UNCERTAIN",
                "Neumonía que no se ha podido descartar.|Neumonía|UNCERTAIN",
                "Su madre padece diabetes.|diabetes|FAMILY",
                "Niega fiebre.|fiebre|NEGATED",
                "Posible neumonía.|neumonía|UNCERTAIN",
                "不能排除肺癌。|肺癌|UNCERTAIN",
                "肺癌不除外。|肺癌|UNCERTAIN",
                "不能排除肺炎，无胸痛。|胸痛|NEGATED",
                "不能排除肺炎，无胸痛。|肺炎|UNCERTAIN",
                "无胸痛，不能排除肺炎、肺结核。|肺结核|UNCERTAIN",
                "We cannot rule out embolism, the patient denies chest pain.|chest pain|NEGATED",
                "We cannot rule out embolism, the patient denies chest pain.|embolism|UNCERTAIN",
                "No fever, and we cannot rule out embolism or pneumonia.|pneumonia|UNCERTAIN",
                "No se puede descartar neumonía, niega dolor torácico.|dolor torácico|NEGATED",
                "No se puede descartar neumonía ni embolia.|embolia|UNCERTAIN",
                "不能排除肺炎，建议CT排除肺栓塞。|肺栓塞|UNCERTAIN",
                "不能排除肺炎，已排除肺栓塞。|肺栓塞|NEGATED",
                "不能排除肺炎，CT排除了肺栓塞。|肺栓塞|NEGATED",
                "不能排除肺炎，无法明确肺结核。|肺结核|UNCERTAIN",
                "无法明确肺结核。|肺结核|UNCERTAIN",
                "无法平卧，有胸闷。|胸闷|PRESENT",
                "No se puede descartar neumonía, se solicita TC para descartar embolia.|embolia|UNCERTAIN",
                "No se puede descartar neumonía, se descartó embolia.|embolia|NEGATED",
                "No se puede descartar neumonía, descartada embolia.|embolia|NEGATED",
                "No se puede descartar neumonía, se descarta embolia.|embolia|NEGATED",
                "已排除肺栓塞。|肺栓塞|NEGATED",
                "家族史：母亲有糖尿病。|糖尿病|FAMILY",
                "曾患肺炎。|肺炎|HISTORY",
                "Paciente con hipertensión arterial.|hipertensión arterial|PRESENT",
                "No refiere hematuria ni diarrea.|diarrea|NEGATED",
                "Sin signos de colecistitis.|colecistitis|NEGATED",
                "Se descartó tromboembolismo pulmonar.|tromboembolismo pulmonar|NEGATED",
                "No fiebre, pero presenta tos.|tos|PRESENT",
                "Antecedentes familiares: padre con cáncer de colon.|cáncer de colon|FAMILY",
                "Antecedentes de tuberculosis.|tuberculosis|HISTORY",
                "Sospecha de apendicitis aguda.|apendicitis aguda|UNCERTAIN",
                "患者有高血压。|高血压|PRESENT",
                "无咯血，无胸痛。|胸痛|NEGATED",
                "否认肺结核病史。|肺结核|NEGATED",
                "胸部CT未见胸腔积液。|胸腔积液|NEGATED",
                "父亲患脑出血。|脑出血|FAMILY",
                "既往脑梗死。|脑梗死|HISTORY",
                "考虑肺癌。|肺癌|UNCERTAIN",
                "肺癌？|肺癌|UNCERTAIN"
            })
    void tellsWhatIsSaidOfAFinding(String text, String finding, Assertion expected) {
        int start = text.indexOf(finding);
        Sentence sentence = Sentence.of(text).stream()
                .filter(s -> s.start() <= start && start < s.end())
                .findFirst()
                .orElseThrow();
        assertThat(Context.of(text, start, start + finding.length(), sentence)).isEqualTo(expected);
    }
}
