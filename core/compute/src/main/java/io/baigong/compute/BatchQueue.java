package io.baigong.compute;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Items of all callers that wait for a processor. They leave in batches of one length, whoever's they are, so that nothing is
 * padding; which length is next is each caller's choice in turn, so that a long document holds up no short question. Turns of calls
 * for which nobody waits come after the others', but for one in {@value #MOST_PASSED_BY}.
 *
 * <p>Thread-safe.
 */
final class BatchQueue<S> {
    private static final int MOST_PASSED_BY = 8;

    private final ToIntFunction<S> length;
    private final int batchTokens;
    private final Map<Priority, Deque<Call<S>>> turns =
            Map.of(Priority.INTERACTIVE, new ArrayDeque<>(), Priority.BATCH, new ArrayDeque<>());
    private final Map<Integer, Deque<Item<S>>> byLength = new HashMap<>();
    private int passedBy;
    private Batching count = new Batching(0, 0, 0, 0);

    /**
     * @param length of an item in tokens
     * @param batchTokens most tokens of a batch, unless one item alone has more
     */
    BatchQueue(ToIntFunction<S> length, int batchTokens) {
        this.length = length;
        this.batchTokens = batchTokens;
    }

    /** The items of one caller. */
    static final class Call<S> {
        private final Deque<Item<S>> waiting = new ArrayDeque<>();
        private final CountDownLatch open;
        private @Nullable Throwable failure;

        private Call(int items) {
            this.open = new CountDownLatch(items);
        }

        /** Waits until each item has left and been worked on, or was given up. */
        void await() throws InterruptedException {
            open.await();
        }

        /** Why the call failed; null if it did not. To be asked after {@link #await}. */
        @Nullable
        Throwable failure() {
            return failure;
        }
    }

    /** An item in the queue. */
    private static final class Item<S> {
        private final S content;
        private final Call<S> call;
        private final long since = System.nanoTime();
        private boolean taken;

        private Item(S content, Call<S> call) {
            this.content = content;
            this.call = call;
        }
    }

    /** Items that left together. Each batch must be ended by {@link #done} or {@link #failed}. */
    static final class Batch<S> {
        private final List<Item<S>> items;

        private Batch(List<Item<S>> items) {
            this.items = items;
        }

        /** What is in it, of one length. */
        List<S> contents() {
            return items.stream().map(item -> item.content).toList();
        }

        /** The work on it is done. */
        void done() {
            items.forEach(item -> item.call.open.countDown());
        }
    }

    /** Puts a caller's items in the queue, to leave in this order. */
    synchronized Call<S> add(Collection<S> contents, Priority priority) {
        var call = new Call<S>(contents.size());
        for (S content : contents) {
            var item = new Item<>(content, call);
            call.waiting.add(item);
            byLength.computeIfAbsent(length.applyAsInt(content), _ -> new ArrayDeque<>())
                    .add(item);
        }
        if (!contents.isEmpty()) {
            turns(priority).add(call);
        }
        return call;
    }

    private Deque<Call<S>> turns(Priority priority) {
        return Objects.requireNonNull(turns.get(priority));
    }

    /** The next batch; null when nothing waits. */
    synchronized @Nullable Batch<S> take() {
        List<Priority> order = passedBy < MOST_PASSED_BY
                ? List.of(Priority.INTERACTIVE, Priority.BATCH)
                : List.of(Priority.BATCH, Priority.INTERACTIVE);
        for (Priority priority : order) {
            Item<S> first = first(turns(priority));
            if (first != null) {
                boolean passes = priority == Priority.INTERACTIVE
                        && !turns(Priority.BATCH).isEmpty();
                passedBy = passes ? passedBy + 1 : 0;
                var batch = new Batch<>(with(first));
                count(batch);
                return batch;
            }
        }
        return null;
    }

    /** The first item of whose turn it is; null if nothing waits. */
    private static <S> @Nullable Item<S> first(Deque<Call<S>> turns) {
        while (!turns.isEmpty()) {
            Call<S> call = turns.remove();
            Item<S> first = next(call.waiting);
            if (first != null) {
                turns.add(call);
                return first;
            }
        }
        return null;
    }

    private void count(Batch<S> batch) {
        long now = System.nanoTime();
        int items = batch.items.size();
        count = new Batching(
                count.batches() + 1,
                count.sequences() + items,
                count.tokens() + (long) items * length.applyAsInt(batch.items.getFirst().content),
                count.waitedNanos()
                        + batch.items.stream()
                                .mapToLong(item -> now - item.since)
                                .sum());
    }

    /** What has left since the beginning. */
    synchronized Batching count() {
        return count;
    }

    private List<Item<S>> with(Item<S> first) {
        int tokens = length.applyAsInt(first.content);
        var items = new ArrayList<Item<S>>();
        first.taken = true;
        items.add(first);
        Deque<Item<S>> same = byLength.get(tokens);
        while (same != null && (items.size() + 1) * tokens <= batchTokens) {
            Item<S> item = next(same);
            if (item == null) {
                break;
            }
            item.taken = true;
            items.add(item);
        }
        if (same != null && dropTaken(same)) {
            byLength.remove(tokens);
        }
        return items;
    }

    /** Removes and returns the first item that still waits; null if none does. */
    private static <S> @Nullable Item<S> next(Deque<Item<S>> items) {
        Item<S> item = items.poll();
        while (item != null && item.taken) {
            item = items.poll();
        }
        return item;
    }

    /** Drops what has left from the front; whether nothing is left. */
    private static <S> boolean dropTaken(Deque<Item<S>> items) {
        while (!items.isEmpty() && items.element().taken) {
            items.remove();
        }
        return items.isEmpty();
    }

    /** The items of this caller that still wait shall not leave. */
    synchronized void giveUp(Call<S> call) {
        for (Item<S> item = next(call.waiting); item != null; item = next(call.waiting)) {
            item.taken = true;
            call.open.countDown();
            Deque<Item<S>> same = byLength.get(length.applyAsInt(item.content));
            if (same != null && dropTaken(same)) {
                byLength.remove(length.applyAsInt(item.content));
            }
        }
    }

    /** The work on a batch failed, and with it the calls whose items were in it. */
    void failed(Batch<S> batch, Throwable failure) {
        synchronized (this) {
            for (Item<S> item : batch.items) {
                item.call.failure = failure;
                giveUp(item.call);
            }
        }
        batch.done();
    }

    /** How many items wait. */
    synchronized int size() {
        return byLength.values().stream()
                .mapToInt(items ->
                        (int) items.stream().filter(item -> !item.taken).count())
                .sum();
    }
}
