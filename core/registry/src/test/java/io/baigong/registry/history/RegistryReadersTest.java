package io.baigong.registry.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.journal.Actor;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Readers of events in a real PostgreSQL. Other tests add events too, so a test looks at its own roles alone. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RegistryReadersTest {
    @Inject
    ModelHistories histories;

    @Inject
    RegistryReaders readers;

    private RegistryEntry happens(String role, String benchmark) {
        return histories.append(
                role,
                Actor.of("owner"),
                history -> new Evaluated(
                        ModelHistory.SHIPPED, benchmark, "2".repeat(64), 9, Map.of(), List.of(), 1.25, null));
    }

    private List<RegistryEntry> told(String reader, String role) {
        var told = new ArrayList<RegistryEntry>();
        while (readers.tellNext(reader, entry -> {
            if (entry.role().equals(role)) {
                told.add(entry);
            }
            return true;
        })) {}
        return told;
    }

    @Test
    void aReaderIsToldOnceOfWhatComesAfterItBegan() {
        happens("trial.told", "before");
        assertThat(told("first", "trial.told")).isEmpty();
        RegistryEntry one = happens("trial.told", "one");
        RegistryEntry two = happens("trial.told", "two");
        assertThat(told("first", "trial.told")).containsExactly(one, two);
        assertThat(told("first", "trial.told")).isEmpty();
        assertThat(told("second", "trial.told")).isEmpty();
    }

    @Test
    void whatIsNotTakenIsToldAgain() {
        told("third", "trial.again");
        RegistryEntry one = happens("trial.again", "one");
        assertThat(readers.tellNext("third", entry -> false)).isFalse();
        assertThatThrownBy(() -> readers.tellNext("third", entry -> {
                    throw new IllegalStateException("it died");
                }))
                .hasMessageContaining("it died");
        assertThat(told("third", "trial.again")).containsExactly(one);
    }

    @Test
    void twoReplicasDoNotTellAtOnce() throws Exception {
        told("fourth", "trial.once");
        happens("trial.once", "one");
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var replica = Executors.newSingleThreadExecutor()) {
            var first = replica.submit(() -> readers.tellNext("fourth", entry -> {
                begun.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return true;
            }));
            begun.await();
            assertThat(readers.tellNext("fourth", entry -> true)).isFalse();
            go.countDown();
            assertThat(first.get()).isTrue();
        }
    }
}
