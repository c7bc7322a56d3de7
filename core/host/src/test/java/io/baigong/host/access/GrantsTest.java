package io.baigong.host.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {
    private static final Grants MIXED = new Grants(
            List.of("reviewer:finance", "analyst:medical.icd-coding", "analyst:medical.icd-coding", "clerk"));

    @Test
    void eachRoleHoldsOnItsOwnTasks() {
        assertThat(MIXED.all()).containsExactly("analyst:medical.icd-coding", "reviewer:finance");
        assertThat(MIXED.roles()).containsExactly("analyst", "reviewer");
        assertThat(MIXED.scopes(Set.of("analyst"))).containsExactly("medical.icd-coding");
        assertThat(MIXED.scopes(Set.of("analyst", "reviewer"))).containsExactly("finance", "medical.icd-coding");
        assertThat(MIXED.scopes(Set.of("operator"))).isEmpty();
        assertThat(new Grants(List.of("auditor", "analyst:finance")).scopes(Roles.ALL))
                .containsExactly("*", "finance");
    }

    @ParameterizedTest
    @CsvSource({
        "finance,finance.contract-review,true",
        "finance.contract-review,finance.contract-review,true",
        "finance.contract,finance.contract-review,false",
        "fin,finance.contract-review,false",
        "medical,finance.contract-review,false",
        "*,finance.contract-review,true"
    })
    void aScopeHoldsWholeNames(String scope, String task, boolean held) {
        assertThat(Grants.cover(Set.of(scope), task)).isEqualTo(held);
        assertThat(Grants.cover(Set.of(), task)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "model-owner", "operator:medical", "reviewer:medical.icd-coding"})
    void whatIsAGrant(String text) {
        assertThat(Grants.isGrant(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "analyst:",
                "analyst:*",
                "analyst:a,b",
                "analyst:a.b.c",
                "analyst:A",
                "analyst: medical",
                "Analyst",
                "auditor:medical",
                "administrator:medical",
                "model-owner:medical",
                "analyst:medical\nauditor"
            })
    void whatIsNone(String text) {
        assertThat(Grants.isGrant(text)).isFalse();
        assertThat(new Grants(List.of(text)).all()).isEmpty();
    }
}
