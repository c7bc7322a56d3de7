package io.baigong.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchQueueTest {
    /** An item whose length is written in it. */
    private record Item(String caller, int length) {}

    private final BatchQueue<Item> queue = new BatchQueue<>(Item::length, 100);

    private static List<Item> items(String caller, int... lengths) {
        return IntStream.of(lengths)
                .mapToObj(length -> new Item(caller, length))
                .toList();
    }

    private BatchQueue.Call<Item> add(String caller, int... lengths) {
        return queue.add(items(caller, lengths), Priority.INTERACTIVE);
    }

    private List<Item> take() {
        var batch = queue.take();
        if (batch == null) {
            return List.of();
        }
        batch.done();
        return batch.contents();
    }

    @Test
    void oneThatWaitsAloneLeavesAtOnce() {
        add("a", 7);
        assertThat(take()).containsExactly(new Item("a", 7));
        assertThat(take()).isEmpty();
    }

    @Test
    void whatIsEquallyLongLeavesTogetherWhoeverAsked() {
        add("a", 30, 20);
        add("b", 30, 10);
        add("c", 30, 30);
        assertThat(take()).containsExactly(new Item("a", 30), new Item("b", 30), new Item("c", 30));
        assertThat(take()).containsExactly(new Item("b", 10));
        assertThat(take()).containsExactly(new Item("c", 30));
        assertThat(take()).containsExactly(new Item("a", 20));
        assertThat(queue.size()).isZero();
    }

    @Test
    void anItemLongerThanABatchLeavesAlone() {
        add("a", 150, 150);
        assertThat(take()).containsExactly(new Item("a", 150));
        assertThat(take()).containsExactly(new Item("a", 150));
    }

    @Test
    void aLongDocumentHoldsUpNoQuestion() {
        add("document", IntStream.generate(() -> 90).limit(50).toArray());
        take();
        add("question", 5);
        take();
        assertThat(take()).containsExactly(new Item("question", 5));
    }

    @Test
    void whoGivesUpLeavesNothingBehind() throws Exception {
        var call = add("a", 90, 80, 80);
        var other = add("b", 80);
        assertThat(take()).containsExactly(new Item("a", 90));
        queue.giveUp(call);
        call.await();
        assertThat(call.failure()).isNull();
        assertThat(take()).containsExactly(new Item("b", 80));
        other.await();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aFailureReachesAllWhoseItemsWereInTheBatchAndNobodyElse() throws Exception {
        var first = add("a", 40, 10);
        var second = add("b", 40);
        var third = add("c", 20);
        var batch = queue.take();
        assertThat(batch).isNotNull();
        queue.failed(batch, new IllegalStateException("out of memory"));
        first.await();
        second.await();
        assertThat(first.failure()).hasMessage("out of memory");
        assertThat(second.failure()).hasMessage("out of memory");
        assertThat(take()).containsExactly(new Item("c", 20));
        third.await();
        assertThat(third.failure()).isNull();
    }

    @Test
    void eachItemLeavesOnceAndNoBatchIsTooLargeOrPadded() throws Exception {
        Map<Item, Integer> left = Collections.synchronizedMap(new HashMap<>());
        List<List<Item>> batches = Collections.synchronizedList(new ArrayList<>());
        var callers = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 8; caller++) {
                var random = new Random(caller);
                String name = "caller " + caller;
                callers.add(threads.submit(() -> {
                    for (int round = 0; round < 200; round++) {
                        String id = name + ", round " + round;
                        var call = queue.add(
                                List.of(
                                        new Item(id, 1 + random.nextInt(40)),
                                        new Item(id + ", second", 1 + random.nextInt(40))),
                                Priority.INTERACTIVE);
                        for (var batch = queue.take(); batch != null; batch = queue.take()) {
                            batch.contents().forEach(item -> left.merge(item, 1, Integer::sum));
                            batches.add(batch.contents());
                            batch.done();
                        }
                        call.await();
                    }
                    return null;
                }));
            }
            for (Future<?> each : callers) {
                each.get();
            }
        }
        assertThat(left)
                .hasSize(8 * 200 * 2)
                .allSatisfy((item, times) -> assertThat(times).isEqualTo(1));
        assertThat(batches).allSatisfy(batch -> {
            assertThat(batch.stream().map(Item::length).distinct()).hasSize(1);
            assertThat(batch.stream().mapToInt(Item::length).sum()).isLessThanOrEqualTo(100);
        });
        assertThat(queue.size()).isZero();
    }

    @Test
    void whereNobodyWaitsComesLaterButComes() {
        queue.add(items("records", IntStream.generate(() -> 90).limit(3).toArray()), Priority.BATCH);
        add("question", IntStream.generate(() -> 80).limit(10).toArray());
        var order =
                IntStream.range(0, 13).mapToObj(_ -> take().getFirst().caller()).toList();
        var question = Collections.nCopies(8, "question");
        assertThat(order.subList(0, 8)).isEqualTo(question);
        assertThat(order.subList(8, 13)).containsExactly("records", "question", "question", "records", "records");
        assertThat(take()).isEmpty();
    }

    @Test
    void whatNobodyWaitsForGoesAlongInABatchOfItsLength() {
        queue.add(items("records", 20), Priority.BATCH);
        add("question", 20);
        assertThat(take()).containsExactly(new Item("question", 20), new Item("records", 20));
    }

    @Test
    void countsWhatLeft() {
        add("a", 30, 30, 20);
        take();
        take();
        Batching count = queue.count();
        assertThat(count.batches()).isEqualTo(2);
        assertThat(count.sequences()).isEqualTo(3);
        assertThat(count.tokens()).isEqualTo(80);
        assertThat(count.waitedNanos()).isPositive();
    }
}
