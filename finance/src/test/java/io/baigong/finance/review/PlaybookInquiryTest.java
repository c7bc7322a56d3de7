package io.baigong.finance.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.finance.playbook.Finding;
import io.baigong.finance.playbook.ShippedPlaybook;
import io.baigong.spi.References;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaybookInquiryTest {
    private static PlaybookInquiry.Reading read(String text) {
        return new PlaybookInquiry().answer(new PlaybookInquiry.Given(text, null), References.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void handsOutWhatShips(ShippedPlaybook shipped) {
        var reading = new PlaybookInquiry().answer(new PlaybookInquiry.Given(null, shipped), References.NONE);
        assertThat(reading.faults()).isEmpty();
        assertThat(reading.rules()).isNotEmpty();
        assertThat(read(reading.text())).isEqualTo(reading);
    }

    @Test
    void readsAUsersOwn() {
        var reading = read("""
                playbook: house
                version: "2"
                title: {en: House rules, zh: 本所规则}
                rules:
                  - {id: AUDIT, kind: required, severity: medium, clause: Audit Rights, title: No audit, reason: Why not}
                """);
        assertThat(reading.faults()).isEmpty();
        assertThat(reading.name()).isEqualTo("house");
        assertThat(reading.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.id()).isEqualTo("AUDIT");
            assertThat(rule.severity()).isEqualTo(Finding.Severity.MEDIUM);
        });
    }

    @Test
    void saysWhereItIsWrong() {
        var reading = read("playbook: house\nversion: \"2\"\ntitle: House\nrules:\n  - id: A\n    kind: perhaps\n");
        assertThat(reading.rules()).isEmpty();
        assertThat(reading.faults()).isNotEmpty().anyMatch(fault -> fault.line() == 6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[", "{", "rules: &a [*a]", "\u0000", "'", "- - - - - - - - - - - - - - -"})
    void aHostileTextHasFaults(String text) {
        assertThat(read(text).faults()).isNotEmpty();
    }

    @Test
    void aHugeTextHasOneFault() {
        assertThat(read("a".repeat(2 << 20)).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("larger than 1 MiB"));
    }
}
