package io.baigong.registry.history;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A row of {@code evaluation_draws}. */
@Entity
@Immutable
@Table(name = "evaluation_draws")
@IdClass(DrawsRow.Key.class)
class DrawsRow {
    @Id
    UUID entry;

    @Id
    String metric;

    byte[] draws;

    /** For Hibernate, which then fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected DrawsRow() {}

    DrawsRow(UUID entry, String metric, List<Double> draws) {
        this.entry = entry;
        this.metric = metric;
        ByteBuffer bytes = ByteBuffer.allocate(draws.size() * Double.BYTES);
        draws.forEach(bytes::putDouble);
        this.draws = bytes.array();
    }

    List<Double> values() {
        ByteBuffer bytes = ByteBuffer.wrap(draws);
        var values = new ArrayList<Double>(draws.length / Double.BYTES);
        while (bytes.hasRemaining()) {
            values.add(bytes.getDouble());
        }
        return values;
    }

    /** Which metric of which event. */
    record Key(UUID entry, String metric) {}
}
