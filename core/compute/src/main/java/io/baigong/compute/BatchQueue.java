package io.baigong.compute;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Items of all callers that wait for a processor. They leave in batches of one length, whoever's they are, so that nothing is
 * padding; which length is next is each caller's choice in turn, so that a long document holds up no short question.
 *
 * <p>Thread-safe.
 */
final class BatchQueue<S> {
    private final ToIntFunction<S> length;
    private final int batchTokens;
    private final Deque<Call<S>> turns = new ArrayDeque<>();
    private final Map<Integer, Deque<Item<S>>> byLength = new HashMap<>();

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
    synchronized Call<S> add(Collection<S> contents) {
        var call = new Call<S>(contents.size());
        for (S content : contents) {
            var item = new Item<>(content, call);
            call.waiting.add(item);
            byLength.computeIfAbsent(length.applyAsInt(content), _ -> new ArrayDeque<>())
                    .add(item);
        }
        if (!contents.isEmpty()) {
            turns.add(call);
        }
        return call;
    }

    /** The next batch; null when nothing waits. */
    synchronized @Nullable Batch<S> take() {
        while (!turns.isEmpty()) {
            Call<S> call = turns.remove();
            Item<S> first = next(call.waiting);
            if (first != null) {
                turns.add(call);
                return new Batch<>(with(first));
            }
        }
        return null;
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
