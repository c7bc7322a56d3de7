package io.baigong.medical.coding;

import java.util.Arrays;
import java.util.Optional;

/**
 * Whether a condition was present when inpatient admission was ordered: always for a person to say (ICD-10-CM Official Guidelines for
 * Coding and Reporting, appendix I).
 */
enum OnAdmission {
    YES("Y", "Present on admission"),
    NO("N", "Not present on admission"),
    UNKNOWN("U", "Documentation insufficient"),
    UNDETERMINED("W", "Clinically undetermined"),
    EXEMPT("1", "Exempt from reporting");

    private final String indicator;
    private final String title;

    OnAdmission(String indicator, String title) {
        this.indicator = indicator;
        this.title = title;
    }

    /** As a claim has it: {@code Y}, {@code N}, {@code U}, {@code W} or {@code 1}. */
    String indicator() {
        return indicator;
    }

    String title() {
        return title;
    }

    static Optional<OnAdmission> of(String indicator) {
        return Arrays.stream(values())
                .filter(one -> one.indicator.equals(indicator))
                .findFirst();
    }
}
