package io.baigong.host.change;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.access.Grants;
import io.baigong.host.database.Rows;
import io.baigong.journal.Actor;
import io.baigong.journal.Tenancy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what changed, on whichever instance, while somebody here wants to hear of it. Each change is told once: what has become visible
 * since the snapshot of the look before. Thread-safe.
 */
@ApplicationScoped
public class Changes {
    /** So often one person may hear of changes at once; of more the oldest ends. */
    public static final int MOST_OF_A_PERSON = 8;

    private static final System.Logger LOG = System.getLogger(Changes.class.getName());
    private static final long LOOK_EVERY_MILLIS = 500;

    /** Changes are kept for a while, for those who come back. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    /** The second of a look, and its snapshot as PostgreSQL writes it. */
    private static final Pattern MARK = Pattern.compile("([0-9]{1,12})/([0-9]+:[0-9]+:[0-9,]*)");

    /** For clocks that differ, and for who forgets a little early. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final int LONGEST_MARK = 4_000;

    private static final String SINCE = """
            select distinct pg_current_snapshot()::text as now, c.kind, c.of_tenant, c.of_task, c.subject
            from (values (1)) one left join change c
                on c.xid >= pg_snapshot_xmin(?::pg_snapshot) and not pg_visible_in_snapshot(c.xid, ?::pg_snapshot)""";

    private final Rows rows;
    private final List<Hearing> hearings = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("changes").factory());

    /** Of the last look; null while nobody wants to hear. */
    private @Nullable String snapshot;

    private boolean over;

    Changes(AgroalDataSource database) {
        rows = new Rows(database);
    }

    void start(@Observes StartupEvent started) {
        var _ = looking.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        var _ = looking.scheduleWithFixedDelay(this::forget, 1, 1, TimeUnit.MINUTES);
    }

    void stop(@Observes ShutdownEvent stopped) {
        end();
        looking.shutdownNow();
    }

    /** Everybody hears that it is over, and nobody is told anything more. */
    public synchronized void end() {
        over = true;
        hearings.forEach(Hearing::end);
    }

    /**
     * Somebody wants to hear of changes from now on, or from where they were.
     *
     * @param mark where they were
     */
    public synchronized Hearing hear(Actor who, Grants grants, @Nullable String mark) {
        List<Hearing> others = hearings.stream().filter(one -> one.isOf(who)).toList();
        others.stream().limit(Math.max(0, others.size() + 1 - MOST_OF_A_PERSON)).forEach(oldest -> {
            oldest.end();
            hearings.remove(oldest);
        });
        String now = snapshot == null ? current() : snapshot;
        snapshot = now;
        var hearing = new Hearing(who, grants, this, mark(now));
        if (mark != null) {
            hearing.tell(missed(mark), mark(now));
        }
        if (over) {
            hearing.end();
        }
        hearings.add(hearing);
        return hearing;
    }

    synchronized void leave(Hearing hearing) {
        hearings.remove(hearing);
        if (hearings.isEmpty()) {
            snapshot = null;
        }
    }

    private record Look(String snapshot, List<Change> changes) {}

    private synchronized void look() {
        if (snapshot == null) {
            return;
        }
        try {
            Look look = since(snapshot);
            snapshot = look.snapshot;
            hearings.forEach(hearing -> hearing.tell(look.changes, mark(look.snapshot)));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "pages hear of changes later: " + e);
        }
    }

    private void forget() {
        try {
            Tenancy.platform()
                    .run(() -> rows.update(
                            "delete from change where at < clock_timestamp() - make_interval(secs => ?)",
                            KEPT.toSeconds()));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "changes are forgotten later: " + e);
        }
    }

    /** What somebody missed who was told until then; that anything may have changed, where that is not known any more. */
    private List<Change> missed(String mark) {
        var read = MARK.matcher(mark);
        if (mark.length() <= LONGEST_MARK && read.matches()) {
            Instant then = Instant.ofEpochSecond(Long.parseLong(read.group(1)));
            if (then.isAfter(Instant.now().minus(KEPT).plus(MARGIN))) {
                try {
                    return since(read.group(2)).changes;
                } catch (IllegalStateException e) {
                    LOG.log(Level.DEBUG, "not a snapshot: " + mark, e);
                }
            }
        }
        return Arrays.stream(ChangeKind.values())
                .map(kind -> new Change(kind, null, null, null))
                .toList();
    }

    private static String mark(String snapshot) {
        return Instant.now().getEpochSecond() + "/" + snapshot;
    }

    private String current() {
        return Tenancy.platform()
                .call(() -> rows.query("select pg_current_snapshot()::text", row -> row.getString(1)))
                .getFirst();
    }

    private Look since(String before) {
        var changes = new ArrayList<Change>();
        List<String> now = Tenancy.platform()
                .call(() -> rows.query(
                        SINCE,
                        row -> {
                            String kind = row.getString("kind");
                            if (kind != null) {
                                changes.add(new Change(
                                        ChangeKind.of(kind),
                                        row.getString("of_tenant"),
                                        row.getString("of_task"),
                                        row.getString("subject")));
                            }
                            return row.getString("now");
                        },
                        before,
                        before));
        return new Look(now.getFirst(), changes);
    }
}
