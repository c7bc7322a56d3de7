package io.baigong.compute.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.compute.text.PersonalData.Kind;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {
    private final PersonalData data = new PersonalData(List.of("王小明", "John Smith"));

    /**
     * Origin of the numbers: identity card 11010519491231002X is the example of GB 11643-1999; 4111 1111 1111 1111 and
     * 5500 0000 0000 0004 are card schemes' test numbers; the IBANs are the examples of the IBAN registry.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    证件号11010519491231002X，请核对      | IDENTITY_CARD | 11010519491231002X
                    号码１１０１０５１９４９１２３１００２Ｘ。 | IDENTITY_CARD | １１０１０５１９４９１２３１００２Ｘ
                    card 4111 1111 1111 1111 expired    | BANK_CARD     | 4111 1111 1111 1111
                    卡号5500-0000-0000-0004              | BANK_CARD     | 5500-0000-0000-0004
                    电话13800138000，谢谢                 | PHONE         | 13800138000
                    call +86 138 0013 8000 now          | PHONE         | +86 138 0013 8000
                    座机 010-62345678                    | PHONE         | 010-62345678
                    ring +44 20 7946 0958 today         | PHONE         | +44 20 7946 0958
                    or (212) 555-0123.                  | PHONE         | (212) 555-0123
                    write to li.wei+a@mail.example.com. | EMAIL         | li.wei+a@mail.example.com
                    pay GB29 NWBK 6016 1331 9268 19 now | IBAN          | GB29 NWBK 6016 1331 9268 19
                    pay DE89370400440532013000.         | IBAN          | DE89370400440532013000
                    患者王小明今日入院                     | NAME          | 王小明
                    Mr John Smith signed                | NAME          | John Smith
                    """)
    void finds(String text, Kind kind, String value) {
        assertThat(data.in(text)).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(kind);
            assertThat(text.substring(found.start(), found.end())).isEqualTo(value);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    110105194912310021 has a wrong check digit
                    order 4111 1111 1111 1112 fails Luhn
                    DE89370400440532013001 fails MOD 97
                    clause 12.3 of 2024-05-17, 1,250,000.00 EUR
                    version 1.13800138000
                    Johnny Smithson
                    a@b is no address
                    """)
    void leavesAlone(String text) {
        assertThat(data.in(text)).isEmpty();
    }

    @Test
    void anEndThatMayGoOnIsOpen() {
        assertThat(data.openEnd("call 1380013")).isEqualTo("call 1380013".length() - 5);
        assertThat(data.openEnd("写信给 li.wei@")).isEqualTo("li.wei@".length());
        assertThat(data.openEnd("card 4111 1111 ")).isEqualTo("4111 1111 ".length());
        assertThat(data.openEnd("患者王小")).isEqualTo(2);
        assertThat(data.openEnd("Mr John")).isEqualTo(4);
        assertThat(data.openEnd("done. ")).isZero();
        assertThat(data.openEnd("")).isZero();
    }

    @Test
    void oneLetterIsNoName() {
        assertThatThrownBy(() -> new PersonalData(List.of("王"))).hasMessageContaining("two letters");
    }

    /** Long texts of only digits, spaces or letters are what makes careless patterns take for ever. */
    @Test
    void hostileTextsTakeNoTime() {
        var random = new Random(1);
        var many = new PersonalData(
                IntStream.range(0, 10_000).mapToObj(i -> "aa" + i).toList());
        for (String alphabet : List.of("1", "1 ", "1-", "a", "a.", "a@", "A1", "(1", "+1 ()-.", "１ ")) {
            var text = new StringBuilder();
            for (int i = 0; i < 100_000; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(many.in(text.toString()).size()).isLessThan(100_000);
            assertThat(many.openEnd(text.toString())).isLessThanOrEqualTo(80);
        }
    }

    private static String masked(String text) {
        var out = new StringBuilder(text);
        var found = new PersonalData(List.of(), true).in(text);
        for (int i = found.size() - 1; i >= 0; i--) {
            out.replace(
                    found.get(i).start(), found.get(i).end(), "[" + found.get(i).kind() + "]");
        }
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "患者姓名：张三丰 性别：男 住院号：ZY20210345 入院日期：2021年3月5日，张三丰诉胸痛。"
                        + "|患者姓名：[NAME] 性别：男 住院号：[RECORD_NUMBER] 入院日期：[DATE]，[NAME]诉胸痛。",
                "Patient: Ana Ruiz-Gomez, MRN: 00-12345. Seen on 03/05/2021 and March 7th, 2021. Mrs. Ruiz-Gomez has a cough."
                        + "|Patient: [NAME], MRN: [RECORD_NUMBER]. Seen on [DATE] and [DATE]. Mrs. [NAME] has a cough.",
                "Paciente: José Pérez. NHC 4432198. Ingresa el 5 de marzo de 2021; José mejora. Dra. Núñez"
                        + "|Paciente: [NAME]. NHC [RECORD_NUMBER]. Ingresa el [DATE]; [NAME] mejora. Dra. [NAME]",
                "Admitted 2021-03-05, SSN 078-05-1120, signed: John O’Neil"
                        + "|Admitted [DATE], SSN [RECORD_NUMBER], signed: [NAME]",
                "BP 120/80, HbA1c 6.5, type 2 diabetes, May be septic, pO2 12.5.3, aspirin 100 mg 3/7"
                        + "|BP 120/80, HbA1c 6.5, type 2 diabetes, May be septic, pO2 12.5.3, aspirin 100 mg 3/7",
                "Vitamin D Deficiency, signed: D. Juan Pérez|Vitamin D Deficiency, signed: D. [NAME]",
                "Ingresa D. Juan Pérez por vitamina D Baja|Ingresa D. [NAME] por vitamina D Baja",
                "患者姓名：张三丰性别：男年龄：45岁，张三丰诉胸痛|患者姓名：[NAME]性别：男年龄：45岁，[NAME]诉胸痛",
                "患者：王芳因胸痛入院，王芳否认发热|患者：[NAME]因胸痛入院，[NAME]否认发热",
                "病人：欧阳修远于昨日住院，联系人：李胜男，李胜男系其女|病人：[NAME]于昨日住院，联系人：[NAME]，[NAME]系其女",
                "姓名：张三男45岁，张三诉胸痛|姓名：[NAME]45岁，[NAME]诉胸痛",
                "姓名：张三丰男，45岁|姓名：[NAME]男，45岁",
                "姓名：阿卜杜拉·买买提男，买买提诉胸痛|姓名：[NAME]男，[NAME]诉胸痛",
                "家属：李四光接送患者，李四光与李四同行|家属：[NAME]，[NAME]与[NAME]同行",
                "姓名：买买提吐尔逊，姓名：阿布都热合曼 男|姓名：[NAME]，姓名：[NAME] 男",
                "联系人：父亲张建国；家属：其子李四光。|联系人：[NAME]；家属：[NAME]。",
                "姓名：林若与，女，林若诉胸痛|姓名：[NAME]，女，[NAME]诉胸痛",
                "姓名：欧阳自强，男|姓名：[NAME]，男",
                "家属：患者之女王红，签名：主治医师李四|家属：[NAME]，签名：[NAME]",
                "姓名：买买提吐尔逊性别：男，姓名：仝三性别：女|姓名：[NAME]性别：男，姓名：[NAME]性别：女",
                "患者：买买提吐尔逊于昨日突发胸痛入院|患者：[NAME]于昨日突发胸痛入院",
                "患者：买买提吐尔逊昨日突发胸痛三小时来院|患者：[NAME]突发胸痛三小时来院",
                "患者：王芳昨日突然晕倒后来院，王芳无发热|患者：[NAME]后来院，[NAME]无发热",
                "姓名：祝枝山男，45岁，祝枝山因胸痛入院|姓名：[NAME]，45岁，[NAME]因胸痛入院",
                "患者：祝枝山因车祸伤。祝枝山诉痛|患者：[NAME]。[NAME]诉痛",
                "姓名：𠮷田太郎，𠮷田太诉胸痛|姓名：[NAME]，𠮷田太诉胸痛"
            })
    void aRecordIsReadWithoutWhoItIsOf(String text, String expected) {
        assertThat(masked(text)).isEqualTo(expected);
    }

    /** Words behind a label, or with it, are no names where they stand without. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "患者：没有发烧，没有咳嗽|患者：[NAME]，没有咳嗽",
                "患者：否认发热，否认咳嗽|患者：[NAME]，否认咳嗽",
                "患者：无明显诱因，无明显胸痛|患者：[NAME]，无明显胸痛",
                "联系人：父亲张建国，父亲有高血压|联系人：[NAME]，父亲有高血压",
                "患者：高血压病史，血压高，高血压三级|患者：[NAME]，血压高，高血压三级",
                "患者：严重胸痛，严重头痛|患者：[NAME]，严重头痛"
            })
    void ordinaryWordsStay(String text, String expected) {
        assertThat(masked(text)).isEqualTo(expected);
    }

    @Test
    void aRecordIsLeftAsItIsUnlessItIsWanted() {
        assertThat(new PersonalData(List.of()).in("Patient: Ana Ruiz, MRN: 12345, 2021-03-05"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient: A",
                "Name: Aaaa ",
                "MRN",
                "1/",
                "姓名：张",
                "姓名：张三丰男",
                "姓名：阿·",
                "1.1.",
                "de ",
                "2021-03-05 "
            })
    void aLongRecordOfNothingElseIsReadInOrder(String piece) {
        String text = piece.repeat(400_000 / piece.length());
        int end = 0;
        for (PersonalData.Found found : new PersonalData(List.of(), true).in(text)) {
            assertThat(found.start()).isGreaterThanOrEqualTo(end);
            assertThat(found.end()).isGreaterThan(found.start());
            end = found.end();
        }
        assertThat(end).isLessThanOrEqualTo(text.length());
    }
}
