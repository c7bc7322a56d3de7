package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.compute.Priority;
import io.baigong.gateway.proxy.CallQueue.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallQueueTest {
    private final List<String> turns = new ArrayList<>();

    private Ticket enter(CallQueue queue, Priority priority, String name) {
        return queue.enter(priority, () -> turns.add(name)).orElseThrow();
    }

    @Test
    void interactiveGoesFirstAndEachInItsOrder() {
        var queue = new CallQueue(1, 10);
        Ticket at = enter(queue, Priority.BATCH, "first");
        assertThat(at.holds()).isTrue();
        Ticket b1 = enter(queue, Priority.BATCH, "b1");
        Ticket b2 = enter(queue, Priority.BATCH, "b2");
        Ticket i1 = enter(queue, Priority.INTERACTIVE, "i1");
        Ticket i2 = enter(queue, Priority.INTERACTIVE, "i2");
        for (Ticket each : List.of(at, i1, i2, b1, b2)) {
            assertThat(each.holds()).isTrue();
            each.leave();
            each.leave();
        }
        assertThat(turns).containsExactly("i1", "i2", "b1", "b2");
        assertThat(enter(queue, Priority.BATCH, "later").holds()).isTrue();
        assertThat(enter(queue, Priority.BATCH, "waits").holds()).isFalse();
    }

    @Test
    void aBatchDoesNotWaitForEver() {
        var queue = new CallQueue(1, 100);
        Ticket at = enter(queue, Priority.INTERACTIVE, "first");
        enter(queue, Priority.BATCH, "batch");
        for (int i = 0; i < 50; i++) {
            Ticket next = enter(queue, Priority.INTERACTIVE, "i" + i);
            at.leave();
            at = next;
            if (turns.contains("batch")) {
                break;
            }
        }
        assertThat(turns).hasSize(CallQueue.BEFORE_A_BATCH + 1).endsWith("batch");
    }

    @Test
    void whoLeavesTheQueueIsNotCalledAndItsPlaceIsNotLost() {
        var queue = new CallQueue(1, 2);
        Ticket at = enter(queue, Priority.INTERACTIVE, "first");
        Ticket gone = enter(queue, Priority.INTERACTIVE, "gone");
        Ticket stays = enter(queue, Priority.BATCH, "stays");
        assertThat(queue.enter(Priority.INTERACTIVE, () -> {})).isEmpty();
        gone.leave();
        assertThat(queue.waiting()).isEqualTo(1);
        at.leave();
        assertThat(turns).containsExactly("stays");
        stays.leave();
        assertThat(enter(queue, Priority.BATCH, "next").holds()).isTrue();
    }

    @Test
    void placesAreNeitherLostNorGivenTwice() {
        var random = new Random(7);
        var queue = new CallQueue(3, 5);
        List<Ticket> in = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (random.nextBoolean()) {
                queue.enter(random.nextBoolean() ? Priority.BATCH : Priority.INTERACTIVE, () -> {})
                        .ifPresent(in::add);
            } else if (!in.isEmpty()) {
                in.remove(random.nextInt(in.size())).leave();
            }
            long holding = in.stream().filter(Ticket::holds).count();
            assertThat(holding).isEqualTo(Math.min(3, in.size()));
            assertThat(queue.waiting()).isEqualTo(in.size() - holding).isLessThanOrEqualTo(5);
        }
    }
}
