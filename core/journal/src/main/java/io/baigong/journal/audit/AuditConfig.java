package io.baigong.journal.audit;

import io.baigong.journal.objects.ObjectStoreConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code baigong.audit.*}: the audit log. */
@ConfigMapping(prefix = "baigong.audit")
public interface AuditConfig {
    /** Folder of the log's keys. Instances on one database need the same keys. */
    @WithDefault("${BAIGONG_HOME:.baigong}/audit")
    Path folder();

    /** How long a caller waits for its entry to be durable; then what it asked for is refused. */
    @WithDefault("PT10S")
    Duration patience();

    /**
     * How long entries are promised to be kept, as reports say. Nothing here ever deletes one; less than six months is refused
     * (EU AI Act, Art. 19 and 26 (6)).
     */
    @WithDefault("P3653D")
    Duration retention();

    /** Where signed heads are kept outside the database. */
    Witnesses witness();

    /** {@code baigong.audit.witness.*}. */
    interface Witnesses {
        /** File to which heads are appended; best on another machine. */
        @WithDefault("${baigong.audit.folder}/heads.txt")
        Path file();

        /** HOST:PORT of a syslog server that is told too. */
        Optional<String> syslog();

        /** A bucket that heads are put into too, if one is named. */
        ObjectStoreConfig objectStore();

        /** Shortest time between two heads. */
        @WithDefault("PT10S")
        Duration interval();
    }
}
