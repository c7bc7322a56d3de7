package io.baigong.registry.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agroal.api.AgroalDataSource;
import io.baigong.journal.Actor;
import io.baigong.journal.JournalJson;
import io.baigong.journal.Tenancy;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.spi.Evaluation.Metric;
import io.baigong.spi.Evaluation.Subgroup;
import io.baigong.spi.Gate;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Histories in a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ModelHistoriesTest {
    private static final Actor BY = Actor.of("owner");

    @Inject
    ModelHistories histories;

    @Inject
    AgroalDataSource database;

    private RegistryEntry register(String role) {
        return histories.append(
                role,
                BY,
                history -> new Registered(
                        history.nextNumber(),
                        "tagger",
                        "x",
                        "0".repeat(64),
                        12,
                        new Artifact(new TreeMap<>(Map.of("model.json", new Artifact.Part("1".repeat(64), 2)))),
                        new Lineage("bge", "train", null, null, 7L, null, "Apache-2.0", null),
                        null));
    }

    @Test
    void eventsComeBackAsTheyWere() {
        RegistryEntry registered = register("trial.back");
        RegistryEntry measured = histories.append(
                "trial.back",
                BY,
                history -> history.evaluate(new Evaluated(
                        1,
                        "words",
                        "2".repeat(64),
                        9,
                        Map.of("F1", new Metric(0.5, 0.4, 0.6, "ratio")),
                        List.of(new Subgroup("sex", "female", 4, Map.of("F1", new Metric(0.4, 0.2, 0.6, "ratio")))),
                        1.25,
                        "3".repeat(64))));
        RegistryEntry approved = histories.append(
                "trial.back",
                BY,
                history -> history.approve(
                        1,
                        BY,
                        List.of(Gate.atLeast("trial.back", "words", "F1", 0.4).withFloor(0.3)),
                        "为了修复",
                        false));

        assertThat(histories.of("trial.back").entries()).containsExactly(registered, measured, approved);
    }

    /** As events and gates were written before subgroups were measured. */
    @Test
    void whatWasWrittenBeforeSubgroupsIsReadWithoutThem() throws Exception {
        var json = JsonMapper.builder().addModule(JournalJson.module()).build();
        var measured = json.readValue(
                "{\"type\":\"evaluated\",\"number\":1,\"benchmark\":\"words\",\"dataSha256\":\"2\",\"cases\":9,"
                        + "\"metrics\":{\"F1\":{\"value\":0.5,\"low\":0.4,\"high\":0.6,\"unit\":\"ratio\"}},\"seconds\":1.25}",
                RegistryEvent.class);
        assertThat(measured)
                .isEqualTo(new Evaluated(
                        1, "words", "2", 9, Map.of("F1", new Metric(0.5, 0.4, 0.6, "ratio")), List.of(), 1.25, null));
        var approved = json.readValue(
                "{\"type\":\"approved\",\"number\":1,\"gates\":[{\"gate\":{\"role\":\"r\",\"benchmark\":\"words\",\"metric\":\"F1\","
                        + "\"bound\":\"AT_LEAST\",\"limit\":0.4},\"measured\":null,\"passed\":false}],\"override\":\"why\"}",
                RegistryEvent.class);
        assertThat(approved)
                .isEqualTo(new RegistryEvent.Approved(
                        1,
                        List.of(new GateResult(Gate.atLeast("r", "words", "F1", 0.4), null, List.of(), false)),
                        "why"));
    }

    @Test
    void drawsOfABootstrapAreKeptBesideTheEntry() {
        register("trial.draws");
        List<Double> draws = List.of(0.5, Double.NaN, -0.25);
        RegistryEntry measured = histories.append(
                "trial.draws",
                BY,
                history -> history.evaluate(new Evaluated(
                        1,
                        "words",
                        "2".repeat(64),
                        9,
                        Map.of(
                                "F1", new Metric(0.5, 0.4, 0.6, "ratio", draws),
                                "cases", new Metric(9, 9, 9, "count")),
                        List.of(),
                        1.25,
                        null)));

        assertThat(histories.draws(measured.id())).isEqualTo(Map.of("F1", draws));
        assertThat(measured.event())
                .isInstanceOfSatisfying(
                        Evaluated.class,
                        event -> assertThat(event.metrics().get("F1")).isEqualTo(new Metric(0.5, 0.4, 0.6, "ratio")));
    }

    @Test
    void theModelThatShipsIsMeasuredToo() {
        RegistryEntry measured = histories.append(
                "trial.shipped",
                BY,
                history -> history.evaluate(new Evaluated(
                        ModelHistory.SHIPPED, "words", "2".repeat(64), 9, Map.of(), List.of(), 1.25, "3".repeat(64))));

        assertThat(histories.of("trial.shipped").evaluations(ModelHistory.SHIPPED))
                .isEqualTo(Map.of("words", measured));
        assertThat(histories.of("trial.shipped").versions()).isEmpty();
    }

    @Test
    void versionsThatComeAtOnceGetNumbersOfTheirOwn() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> register("trial.many")))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }

        assertThat(histories.of("trial.many").versions())
                .extracting(version -> version.registered().number())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    /** Forty people promote two versions at once, and retire one: each step is lawful by what was there before it. */
    @Test
    void promotionsThatComeAtOnceAreDecidedOneAfterAnother() throws Exception {
        String role = "trial.at-once";
        for (int number = 1; number <= 3; number++) {
            int one = number;
            register(role);
            histories.append(role, BY, history -> history.approve(one, BY, List.of(), "a trial", false));
        }
        var done = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> {
                        try {
                            histories.append(
                                    role,
                                    BY,
                                    history -> i == 20
                                            ? history.retire(3, "old")
                                            : history.promote(1 + i % 3, 100, "at once"));
                            done.incrementAndGet();
                        } catch (RefusedException expected) {
                            // It serves already, or is retired.
                        }
                    }))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }

        List<RegistryEntry> entries = histories.of(role).entries();
        assertThat(entries).hasSize(6 + done.get());
        for (int i = 6; i < entries.size(); i++) {
            var before = new ModelHistory(entries.subList(0, i));
            switch (entries.get(i).event()) {
                case RegistryEvent.Promoted promoted ->
                    assertThat(before.state(before.version(promoted.number()))).isEqualTo(VersionState.APPROVED);
                case RegistryEvent.Retired retired ->
                    assertThat(before.state(before.version(retired.number()))).isEqualTo(VersionState.APPROVED);
                default -> throw new AssertionError(entries.get(i));
            }
        }
        assertThat(histories.serving()).containsKey(role);
    }

    @Test
    void filesThatVersionsNameAreKnown() {
        register("trial.files");

        assertThat(histories.files()).contains("1".repeat(64));
    }

    @Test
    void whatIsRefusedLeavesNoTrace() {
        register("trial.refused");
        long last = histories.last();

        assertThatThrownBy(() -> histories.append("trial.refused", BY, history -> history.promote(1, 100, "now")))
                .isInstanceOf(RefusedException.class);

        assertThat(histories.last()).isEqualTo(last);
        assertThat(histories.serving()).doesNotContainKey("trial.refused");
    }

    @Test
    void whatServesIsToldByRole() {
        register("trial.serves");
        histories.append("trial.serves", BY, history -> history.approve(1, BY, List.of(), "a trial", false));
        histories.append("trial.serves", BY, history -> history.promote(1, 100, "first"));

        assertThat(histories
                        .serving()
                        .get("trial.serves")
                        .serving()
                        .orElseThrow()
                        .registered()
                        .number())
                .isEqualTo(1);
    }

    @Test
    void eachStepHasAnEntryInTheAuditLog() throws Exception {
        register("trial.audited");
        RegistryEntry approved = histories.append(
                "trial.audited",
                BY,
                history -> history.approve(
                        1, BY, List.of(Gate.atMost("trial.audited", "words", "loss", 1)), "a fix", false));

        Tenancy.platform().call(() -> {
            try (var connection = database.getConnection();
                    var statement = connection.prepareStatement(
                            "select leaf from audit_entry where leaf like '%trial.audited%' order by seq");
                    var rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).contains("\"kind\":\"configuration\"", "\"step\":\"registered\"");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1))
                        .contains(
                                "\"kind\":\"gate-override\"",
                                "\"reason\":\"a fix\"",
                                approved.id().toString());
                assertThat(rows.next()).isFalse();
            }
            return null;
        });
    }

    @Test
    void rowsAreNeitherChangedNorRemoved() throws Exception {
        register("trial.fixed");
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("update registry_entry set by_name = 'other'"))
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> statement.execute("delete from registry_entry"))
                    .hasMessageContaining("append-only");
        }
    }
}
