package io.baigong.host.audit;

import java.util.Locale;

/** What auditors ask for. */
public enum ReportKind {
    /** All that a model version answered, and what people decided on it. */
    MODEL,
    /** All that a record touched. */
    RECORD,
    /** Where people overruled a model, or a gate. */
    OVERRIDES,
    /** The log of a period, for Articles 12 and 19 of the EU AI Act (Regulation (EU) 2024/1689). */
    AI_ACT,
    /** Facts for China's algorithm filing (互联网信息服务算法推荐管理规定, Art. 24), as far as the records have them. */
    ALGORITHM_FILING;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As it stands in an address. */
    public String word() {
        return word;
    }
}
