package io.baigong.registry.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.baigong.journal.Actor;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.spi.Evaluation.Metric;
import io.baigong.spi.Evaluation.Subgroup;
import io.baigong.spi.Gate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelHistoryTest {
    private static final String ROLE = "trial.tagger";
    private static final Actor MAKER = Actor.of("maker");
    private static final Actor OWNER = Actor.of("owner");
    private static final List<Gate> GATES =
            List.of(Gate.atLeast(ROLE, "words", "F1", 0.8).withFloor(0.7));

    private final List<RegistryEntry> entries = new ArrayList<>();

    private ModelHistory history() {
        return new ModelHistory(entries);
    }

    private void happens(Actor by, Function<ModelHistory, RegistryEvent> next) {
        entries.add(new RegistryEntry(UUID.randomUUID(), ROLE, next.apply(history()), by, Instant.EPOCH));
    }

    private void registered() {
        happens(
                MAKER,
                history -> new Registered(
                        history.nextNumber(),
                        "tagger",
                        "x",
                        "0".repeat(64),
                        12,
                        new Artifact(new TreeMap<>()),
                        Lineage.UNKNOWN,
                        null));
    }

    private void measured(int number, double low, Subgroup... subgroups) {
        happens(
                OWNER,
                history -> history.evaluate(new Evaluated(
                        number,
                        "words",
                        "1".repeat(64),
                        50,
                        Map.of("F1", new Metric(0.9, low, 0.95, "ratio")),
                        List.of(subgroups),
                        1.5,
                        null)));
    }

    private void approved(int number, @Nullable String override) {
        happens(OWNER, history -> history.approve(number, OWNER, GATES, override, true));
    }

    private void promoted(int number) {
        promoted(number, 100);
    }

    private void promoted(int number, int percent) {
        happens(OWNER, history -> history.promote(number, percent, "better"));
    }

    private VersionState state(int number) {
        return history().state(history().version(number));
    }

    private void ready(int... numbers) {
        for (int number : numbers) {
            registered();
            approved(number, "seen at work");
        }
    }

    @Test
    void aVersionGetsAShareOfTheRunsAndTheRestStays() {
        ready(1, 2, 3);
        promoted(1, 10);
        assertThat(history().shares()).containsExactly(new Share(0, 90), new Share(1, 10));
        assertThat(history().serving()).isEmpty();
        assertThat(state(1)).isEqualTo(VersionState.SERVING);
        assertThat(state(2)).isEqualTo(VersionState.APPROVED);

        promoted(1);
        promoted(2, 10);
        promoted(3, 5);
        assertThat(history().shares()).containsExactly(new Share(1, 85), new Share(2, 10), new Share(3, 5));
        promoted(2, 60);
        assertThat(history().shares()).containsExactly(new Share(2, 60), new Share(1, 35), new Share(3, 5));
        assertThat(serving()).isEqualTo(2);
        promoted(2, 95);
        assertThat(history().shares()).containsExactly(new Share(2, 95), new Share(3, 5));
        assertThat(state(1)).isEqualTo(VersionState.APPROVED);
        promoted(2);
        assertThat(history().shares()).containsExactly(new Share(2, 100));
        assertThat(history().shares().stream().mapToInt(Share::percent).sum()).isEqualTo(100);
    }

    @Test
    void aRollBackBringsTheSharesBack() {
        ready(1, 2);
        promoted(1);
        promoted(2, 10);
        promoted(2);
        happens(OWNER, history -> history.rollBack("worse"));
        assertThat(history().shares()).containsExactly(new Share(1, 90), new Share(2, 10));
        assertThat(entries.getLast().event())
                .isEqualTo(new RegistryEvent.RolledBack(1, "worse", List.of(new Share(1, 90), new Share(2, 10))));
        happens(OWNER, history -> history.rollBack("worse"));
        assertThat(history().shares()).containsExactly(new Share(1, 100));
        happens(OWNER, history -> history.retire(2, "worse"));
        assertThat(history().shares()).containsExactly(new Share(1, 100));
    }

    @Test
    void sharesThatCantBeAreRefused() {
        ready(1, 2, 3);
        registered();
        promoted(1, 60);
        promoted(2, 30);
        assertThat(history().shares()).containsExactly(new Share(0, 40), new Share(1, 30), new Share(2, 30));
        assertThatThrownBy(() -> promoted(3, 41))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("can't give so many");
        assertThatThrownBy(() -> promoted(1, 30)).hasMessageContaining("has that share of the runs already");
        assertThatThrownBy(() -> promoted(4, 5)).hasMessageContaining("only an approved one is promoted");
        assertThatThrownBy(() -> promoted(3, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> promoted(3, 101)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> happens(OWNER, history -> history.retire(2, "old")))
                .hasMessageContaining("version 2 serves");
    }

    @Test
    void whatServesAloneHasNobodyToLeaveRunsTo() {
        ready(1);
        promoted(1);
        assertThatThrownBy(() -> promoted(1, 40))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.remedy()).startsWith("Promote the other version"))
                .hasMessageStartingWith("version 1 serves alone");
        happens(OWNER, history -> history.rollBack("worse"));
        assertThat(serving()).isZero();
    }

    @Test
    void aRetiredVersionLeavesNoRollBackThatDoesNothing() {
        ready(1, 2);
        promoted(1);
        promoted(2, 10);
        promoted(1);
        happens(OWNER, history -> history.retire(2, "worse"));

        happens(OWNER, history -> history.rollBack("worse too"));

        assertThat(history().shares()).containsExactly(new Share(0, 100));
    }

    /** As earlier releases wrote them: a promotion that did nothing, and a roll back that did nothing. */
    @Test
    void stepsThatDidNothingStillLeadWhereTheyLed() {
        ready(1, 2);
        promoted(1);
        happens(OWNER, _ -> new RegistryEvent.Promoted(1, "less", Share.whole(1)));
        happens(OWNER, _ -> new RegistryEvent.RolledBack(1, "back", Share.whole(1)));
        assertThat(serving()).isEqualTo(1);
        promoted(2, 10);
        promoted(1);
        happens(OWNER, history -> history.retire(2, "worse"));
        happens(OWNER, _ -> new RegistryEvent.RolledBack(1, "back", Share.whole(1)));
        assertThat(serving()).isEqualTo(1);
        happens(OWNER, history -> history.rollBack("worse"));
        assertThat(serving()).isZero();
    }

    /** As rows from before shares have them. */
    @Test
    void promotionsWithoutSharesGiveAllRuns() throws Exception {
        var json = JsonMapper.builder().build();
        ready(1, 2);
        for (String event : List.of(
                "{\"type\":\"promoted\",\"number\":1,\"reason\":\"a\"}",
                "{\"type\":\"promoted\",\"number\":2,\"reason\":\"b\"}",
                "{\"type\":\"rolled-back\",\"number\":1,\"reason\":\"c\"}")) {
            RegistryEvent read = json.readValue(event, RegistryEvent.class);
            happens(OWNER, history -> read);
        }
        assertThat(history().shares()).containsExactly(new Share(1, 100));
        promoted(2, 10);
        RegistryEvent again = json.readValue(
                json.writerFor(RegistryEvent.class)
                        .writeValueAsString(entries.getLast().event()),
                RegistryEvent.class);
        assertThat(again).isEqualTo(entries.getLast().event());
    }

    private int serving() {
        return history().serving().map(version -> version.registered().number()).orElse(0);
    }

    @Test
    void aVersionGoesFromCandidateToService() {
        registered();
        assertThat(state(1)).isEqualTo(VersionState.CANDIDATE);
        measured(1, 0.85);
        approved(1, null);
        assertThat(state(1)).isEqualTo(VersionState.APPROVED);
        assertThat(serving()).isZero();

        promoted(1);

        assertThat(state(1)).isEqualTo(VersionState.SERVING);
        assertThat(serving()).isEqualTo(1);
    }

    private static Subgroup group(String name, int cases, double value) {
        return new Subgroup("sex", name, cases, Map.of("F1", new Metric(value, 0, 1, "ratio")));
    }

    @Test
    void aSubgroupBelowTheFloorHoldsAVersionBack() {
        registered();
        measured(1, 0.85, group("female", Gate.FEWEST, 0.69), group("male", 80, 0.95));
        assertThatThrownBy(() -> approved(1, null))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("F1 on words is below its floor for sex female");
        assertThat(history().version(1).gates(GATES)).singleElement().satisfies(result -> {
            assertThat(result.passed()).isFalse();
            assertThat(result.broken()).containsExactly(group("female", Gate.FEWEST, 0.69));
        });

        measured(1, 0.85, group("female", Gate.FEWEST, 0.7), group("male", 80, 0.95));
        approved(1, null);
        assertThat(state(1)).isEqualTo(VersionState.APPROVED);
    }

    /** Of a handful of cases the value is chance; and not every metric is measured of subgroups. */
    @Test
    void smallSubgroupsAndThoseWithoutTheMetricAreNotJudged() {
        registered();
        measured(
                1,
                0.85,
                group("female", Gate.FEWEST - 1, 0.1),
                new Subgroup("age", "old", 80, Map.of("other", new Metric(0.1, 0, 1, "ratio"))));
        approved(1, null);
        assertThat(state(1)).isEqualTo(VersionState.APPROVED);
    }

    @Test
    void aFloorOfAnErrorIsItsMost() {
        var gate = Gate.atMost(ROLE, "words", "F1", 0.2).withFloor(0.3);
        assertThat(gate.broken(List.of(group("a", 50, 0.3), group("b", 50, 0.31))))
                .containsExactly(group("b", 50, 0.31));
    }

    /** What is older than what serves was passed over; what is approved waits for nobody's approval. */
    @Test
    void candidatesThatCameAfterWhatServesWait() {
        registered();
        registered();
        assertThat(waiting()).containsExactly(1, 2);
        measured(2, 0.85);
        approved(2, null);
        promoted(2);
        assertThat(waiting()).isEmpty();
        registered();
        registered();
        assertThat(waiting()).containsExactly(3, 4);
        measured(3, 0.85);
        approved(3, null);
        happens(OWNER, history -> history.retire(4, "no"));
        assertThat(waiting()).isEmpty();
    }

    private List<Integer> waiting() {
        return history().waiting().stream()
                .map(version -> version.registered().number())
                .toList();
    }

    @Test
    void withoutAGateOnlyAReasonLetsItServe() {
        registered();
        measured(1, 0.85);

        assertThatThrownBy(() -> history().approve(1, OWNER, List.of(), null, true))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("this role has no gate");
        assertThat(history().approve(1, OWNER, List.of(), "looked at by hand", true))
                .isEqualTo(new RegistryEvent.Approved(1, List.of(), "looked at by hand"));
    }

    @Test
    void theWorseEndOfTheIntervalDecides() {
        registered();
        measured(1, 0.79);

        assertThatThrownBy(() -> approved(1, null))
                .isInstanceOf(RefusedException.class)
                .hasMessage("not all gates are passed: F1 on words is not reached");
    }

    @Test
    void notANumberPassesNoGate() {
        registered();
        measured(1, Double.NaN);

        assertThatThrownBy(() -> approved(1, null)).hasMessageContaining("is not reached");
    }

    @Test
    void whatIsNotMeasuredIsNotApproved() {
        registered();

        assertThatThrownBy(() -> approved(1, null)).hasMessageContaining("F1 on words is not measured");
    }

    @Test
    void anOverrideIsKeptWithTheGatesAsTheyStood() {
        registered();
        measured(1, 0.5);

        approved(1, "a fix of a fault; measured by hand");

        var approval = (RegistryEvent.Approved)
                history().version(1).approval().orElseThrow().event();
        assertThat(approval.override()).isEqualTo("a fix of a fault; measured by hand");
        assertThat(approval.gates()).singleElement().matches(result -> !result.passed());
    }

    @Test
    void theLatestMeasurementCounts() {
        registered();
        measured(1, 0.9);
        measured(1, 0.1);

        assertThatThrownBy(() -> approved(1, null)).hasMessageContaining("is not reached");
    }

    @Test
    void whoRegisteredDoesNotApprove() {
        registered();
        measured(1, 0.9);

        assertThatThrownBy(() -> history().approve(1, MAKER, GATES, "because", true))
                .hasMessage("who registered a model can't approve it");
        assertThat(history().approve(1, MAKER, GATES, null, false)).isInstanceOf(RegistryEvent.Approved.class);
    }

    @Test
    void aCandidateIsNotPromoted() {
        registered();

        assertThatThrownBy(() -> promoted(1)).hasMessageContaining("is CANDIDATE; only an approved one is promoted");
    }

    @Test
    void rollingBackReturnsStepByStepToWhatShips() {
        for (int number = 1; number <= 2; number++) {
            registered();
            measured(number, 0.9);
            approved(number, null);
            promoted(number);
        }

        happens(OWNER, history -> history.rollBack("worse"));
        assertThat(serving()).isEqualTo(1);
        assertThat(state(2)).isEqualTo(VersionState.APPROVED);
        happens(OWNER, history -> history.rollBack("worse"));
        assertThat(serving()).isZero();

        assertThatThrownBy(() -> history().rollBack("again")).isInstanceOf(RefusedException.class);
    }

    @Test
    void aRetiredVersionIsNeitherPromotedNorRolledBackTo() {
        for (int number = 1; number <= 2; number++) {
            registered();
            measured(number, 0.9);
            approved(number, null);
            promoted(number);
        }
        assertThatThrownBy(() -> history().retire(2, "old")).hasMessage("version 2 serves");

        happens(OWNER, history -> history.retire(1, "it leaks names"));

        assertThat(state(1)).isEqualTo(VersionState.RETIRED);
        assertThatThrownBy(() -> promoted(1)).isInstanceOf(RefusedException.class);
        happens(OWNER, history -> history.rollBack("worse"));
        assertThat(serving()).isZero();
    }

    @Test
    void aVersionThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> history().version(3))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("this role has no version 3; none is registered");
        registered();
        assertThatThrownBy(() -> promoted(3))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("this role has no version 3; its versions are [1]");
    }
}
