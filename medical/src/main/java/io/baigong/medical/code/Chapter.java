package io.baigong.medical.code;

import io.baigong.spi.LocalText;
import java.util.List;

/**
 * A chapter of ICD-10-CM; the tabular list begins each with its title.
 *
 * @param first category that it begins with
 * @param last category that it ends with
 */
public record Chapter(String first, String last, LocalText title) {
    /** All chapters of fiscal year 2021, in their order. */
    public static final List<Chapter> ALL = List.of(
            chapter("A00", "B99", "Certain infectious and parasitic diseases", "某些传染病和寄生虫病"),
            chapter("C00", "D49", "Neoplasms", "肿瘤"),
            chapter(
                    "D50",
                    "D89",
                    "Diseases of the blood and blood-forming organs and certain disorders involving the immune mechanism",
                    "血液及造血器官疾病和某些涉及免疫机制的疾患"),
            chapter("E00", "E89", "Endocrine, nutritional and metabolic diseases", "内分泌、营养和代谢疾病"),
            chapter("F01", "F99", "Mental, Behavioral and Neurodevelopmental disorders", "精神、行为和神经发育障碍"),
            chapter("G00", "G99", "Diseases of the nervous system", "神经系统疾病"),
            chapter("H00", "H59", "Diseases of the eye and adnexa", "眼和附器疾病"),
            chapter("H60", "H95", "Diseases of the ear and mastoid process", "耳和乳突疾病"),
            chapter("I00", "I99", "Diseases of the circulatory system", "循环系统疾病"),
            chapter("J00", "J99", "Diseases of the respiratory system", "呼吸系统疾病"),
            chapter("K00", "K95", "Diseases of the digestive system", "消化系统疾病"),
            chapter("L00", "L99", "Diseases of the skin and subcutaneous tissue", "皮肤和皮下组织疾病"),
            chapter("M00", "M99", "Diseases of the musculoskeletal system and connective tissue", "肌肉骨骼系统和结缔组织疾病"),
            chapter("N00", "N99", "Diseases of the genitourinary system", "泌尿生殖系统疾病"),
            chapter("O00", "O9A", "Pregnancy, childbirth and the puerperium", "妊娠、分娩和产褥期"),
            chapter("P00", "P96", "Certain conditions originating in the perinatal period", "起源于围生期的某些情况"),
            chapter(
                    "Q00",
                    "Q99",
                    "Congenital malformations, deformations and chromosomal abnormalities",
                    "先天性畸形、变形和染色体异常"),
            chapter(
                    "R00",
                    "R99",
                    "Symptoms, signs and abnormal clinical and laboratory findings, not elsewhere classified",
                    "症状、体征和临床与实验室异常所见，不可归类在他处者"),
            chapter(
                    "S00",
                    "T88",
                    "Injury, poisoning and certain other consequences of external causes",
                    "损伤、中毒和外因的某些其他后果"),
            chapter("U00", "U85", "Codes for special purposes", "用于特殊目的的编码"),
            chapter("V00", "Y99", "External causes of morbidity", "疾病的外部原因"),
            chapter(
                    "Z00",
                    "Z99",
                    "Factors influencing health status and contact with health services",
                    "影响健康状态和与保健机构接触的因素"));

    private static Chapter chapter(String first, String last, String en, String zh) {
        return new Chapter(first, last, new LocalText(en, zh));
    }

    /** Its range, such as {@code A00-B99}. */
    public String range() {
        return first + "-" + last;
    }

    /** Whether the category of the code lies in it. */
    public boolean holds(String code) {
        String category = code.substring(0, Math.min(3, code.length()));
        return first.compareTo(category) <= 0 && category.compareTo(last) <= 0;
    }
}
