package io.baigong.host.batch;

import io.baigong.host.access.Roles;
import io.baigong.host.account.Delegations;
import io.baigong.host.batch.BatchSchedules.Standing;
import io.baigong.host.batch.SourceFolder.Entry;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.run.WorkFolders;
import io.baigong.journal.Occasion;
import io.baigong.journal.Tenancy;
import io.baigong.spi.Task;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches when schedules are due. Each due time makes one, however often the suite is killed and however many of its instances
 * look: its row is added in the transaction that makes the batch. Of times that were missed only the newest is made up for.
 */
@ApplicationScoped
public class BatchScheduler {
    private static final System.Logger LOG = System.getLogger(BatchScheduler.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final long MOST_BYTES = 4L << 30;

    /** Files that are being written, and folders that can't be read, are waited for so long. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final BatchSchedules schedules;
    private final Batches batches;
    private final BatchWorkers workers;
    private final Catalogue catalogue;
    private final Delegations delegations;
    private final BatchConfig config;
    private @Nullable Thread thread;

    BatchScheduler(
            BatchSchedules schedules,
            Batches batches,
            BatchWorkers workers,
            Catalogue catalogue,
            Delegations delegations,
            BatchConfig config) {
        this.schedules = schedules;
        this.batches = batches;
        this.workers = workers;
        this.catalogue = catalogue;
        this.delegations = delegations;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        thread = Thread.ofPlatform().name("batch-schedules").daemon().start(this::watch);
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(LOOK);
                fireDue(Instant.now());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "schedules are looked at again in a moment: " + e);
            }
        }
    }

    /** Makes the batches that are due at that moment and were not made. */
    public void fireDue(Instant now) {
        for (Standing one : Tenancy.platform().call(schedules::standing)) {
            BatchSchedule schedule = one.schedule();
            try {
                Timetable timetable = Timetable.of(schedule.cron(), schedule.zone());
                Instant since = one.last() == null ? schedule.createdAt() : one.last();
                Optional<Instant> due = timetable.latest(since, now);
                if (due.isPresent()) {
                    Tenancy.of(schedule.createdBy().tenant()).run(() -> fire(schedule, timetable, due.get(), now));
                }
            } catch (InvalidInput | RuntimeException e) {
                LOG.log(Level.WARNING, "the schedule " + schedule.id() + " is looked at again in a moment: " + e);
            }
        }
    }

    private void fire(BatchSchedule schedule, Timetable timetable, Instant due, Instant now) {
        Optional<String> ended = delegations.ended(schedule.createdBy(), Roles.OPERATOR, schedule.task());
        if (ended.isPresent()) {
            schedules.stop(schedule, ended.get());
            return;
        }
        if (schedules.isFired(schedule.id(), due)) {
            return;
        }
        try {
            Task<?, ?> task = catalogue
                    .find(schedule.task())
                    .orElseThrow(() -> new InvalidInput("there is no task " + schedule.task(), "Remove the schedule."));
            if (schedule.folder() != null) {
                fireFolder(schedule, schedule.folder(), task, timetable, due, now);
            } else if (schedule.runs() != null) {
                make(schedule, task, timetable, due, schedule.runs().before(due, timetable.zone()));
            }
        } catch (InvalidInput e) {
            schedules.refuse(schedule, due, e.detail() + ". " + e.remedy());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the folder of schedule " + schedule.id() + " can't be read: " + e);
            if (!now.isBefore(due.plus(PATIENCE))) {
                schedules.refuse(schedule, due, "the folder " + schedule.folder() + " can't be read");
            }
        }
    }

    private void fireFolder(
            BatchSchedule schedule, String name, Task<?, ?> task, Timetable timetable, Instant due, Instant now)
            throws IOException, InvalidInput {
        Path copies = Files.createTempDirectory("baigong-records");
        try (var folder = new SourceFolder(
                config.folders().orElseThrow(() -> new IOException("baigong.batches.folders is not set")),
                schedule.createdBy().tenant(),
                name)) {
            List<Entry> entries = folder.files();
            if (isBeingWritten(entries) && now.isBefore(due.plus(PATIENCE))) {
                return;
            }
            if (entries.isEmpty()) {
                schedules.refuse(schedule, due, "nothing to run: there is no file in " + name);
                return;
            }
            make(schedule, task, timetable, due, new BatchOrigin.Files(copied(folder, name, entries, copies)));
        } finally {
            WorkFolders.delete(copies);
        }
    }

    private boolean isBeingWritten(List<Entry> entries) {
        long settled = System.currentTimeMillis() - config.settle().toMillis();
        return entries.stream().anyMatch(entry -> entry.modified() > settled);
    }

    private static List<GivenFile> copied(SourceFolder folder, String name, List<Entry> entries, Path copies)
            throws IOException, InvalidInput {
        if (entries.size() == SourceFolder.MOST_FILES
                || entries.stream().mapToLong(Entry::size).sum() > MOST_BYTES) {
            throw new InvalidInput(
                    "the files of " + name + " are ten thousand or more, or larger than 4 GiB together",
                    "Move what was run out of it.");
        }
        var files = new ArrayList<GivenFile>();
        for (Entry entry :
                entries.stream().sorted(Comparator.comparing(Entry::name)).toList()) {
            Path copy = copies.resolve(String.valueOf(files.size()));
            folder.copy(entry.name(), copy);
            files.add(new GivenFile("records", entry.name(), copy));
        }
        return files;
    }

    private void make(BatchSchedule schedule, Task<?, ?> task, Timetable timetable, Instant due, BatchOrigin records)
            throws IOException, InvalidInput {
        var wanted = new NewBatch(
                task,
                schedule.name() + ", " + MINUTE.format(due.atZone(timetable.zone())),
                records,
                List.of(),
                schedule.fields(),
                schedule.createdBy(),
                new Occasion(null, null));
        try {
            batches.create(wanted, (connection, batch) -> {
                if (!BatchSchedules.fire(connection, schedule, due, batch)) {
                    throw new FiredElsewhere();
                }
            });
            workers.wake();
        } catch (FiredElsewhere e) {
            LOG.log(Level.DEBUG, "another instance has fired " + schedule.id() + " at " + due);
        }
    }

    private static final class FiredElsewhere extends RuntimeException {}
}
