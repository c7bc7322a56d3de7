package io.baigong.journal.audit.witness;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** All that keep this log's heads. Thread-safe. */
public final class Witnesses implements Consumer<String>, AutoCloseable {
    private final List<Courier> couriers;

    /**
     * Starts a thread for each; closing this closes them.
     *
     * @param interval the shortest between two heads
     */
    public Witnesses(List<? extends Witness> witnesses, Duration interval) {
        couriers = witnesses.stream()
                .map(witness -> new Courier(witness, interval))
                .toList();
    }

    /** To be called now and then with the newest head, whether or not it is new. Returns at once. */
    @Override
    public void accept(String note) {
        couriers.forEach(courier -> courier.give(note));
    }

    @Override
    public void close() {
        couriers.forEach(Courier::end);
        couriers.forEach(Courier::close);
    }
}
