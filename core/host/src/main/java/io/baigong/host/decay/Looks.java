package io.baigong.host.decay;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** When it is looked, whichever instance of the suite does it. Thread-safe. */
@ApplicationScoped
class Looks {
    private final Rows rows;

    Looks(AgroalDataSource database) {
        rows = new Rows(database);
    }

    /** Whether it is time to look, and the asker is who does it. */
    @Transactional
    boolean begin(Instant now, Duration every) {
        return rows.update(
                        "update decay_look set at = ? where at <= ?",
                        now.atOffset(ZoneOffset.UTC),
                        now.minus(every).atOffset(ZoneOffset.UTC))
                > 0;
    }
}
