package io.baigong.host.openai;

import io.baigong.gateway.proxy.ApiException;
import io.baigong.host.openai.FineTuningViews.FineTuningEvent;
import io.baigong.host.training.TrainingCheckpoints;
import io.baigong.host.training.TrainingJob;
import io.baigong.host.training.TrainingJob.Measure;
import io.baigong.host.training.TrainingJob.Resumption;
import io.baigong.host.training.TrainingJobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened in a training, newest first: its end, its figures and where it was taken up again, its beginning. */
final class FineTuningEvents {
    private FineTuningEvents() {}

    /**
     * Events before one.
     *
     * @param after id of the event before which they are, in the order of the list after it; null for the newest
     * @throws ApiException if there is no such event
     */
    static List<FineTuningEvent> before(
            TrainingJob job, @Nullable String after, int limit, TrainingJobs jobs, TrainingCheckpoints checkpoints)
            throws ApiException {
        var events = new ArrayList<FineTuningEvent>();
        Instant ended = job.endedAt();
        if (after == null && ended != null) {
            events.add(FineTuningEvent.ended(job, ended));
        }
        long seq = after == null ? Long.MAX_VALUE : place(job, after);
        if (seq > 0) {
            var numbered = new TreeMap<Long, FineTuningEvent>(Comparator.reverseOrder());
            for (Measure measure : jobs.measuresBefore(job.id(), seq, limit)) {
                numbered.put(measure.seq(), FineTuningEvent.measured(job, measure));
            }
            for (Resumption resumption : checkpoints.resumptionsBefore(job.id(), seq, limit)) {
                numbered.put(resumption.seq(), FineTuningEvent.resumed(job, resumption));
            }
            events.addAll(numbered.values());
            events.add(FineTuningEvent.created(job));
        }
        return events.subList(0, Math.min(limit, events.size()));
    }

    /** The number below which figures come after that event; 0 for the last event. */
    private static long place(TrainingJob job, String id) throws ApiException {
        String prefix = FineTuningEvent.id(job, "");
        if (id.equals(FineTuningEvent.id(job, FineTuningEvent.ENDED))) {
            return Long.MAX_VALUE;
        }
        if (id.equals(FineTuningEvent.id(job, FineTuningEvent.CREATED))) {
            return 0;
        }
        try {
            if (id.startsWith(prefix)) {
                return Long.parseLong(id.substring(prefix.length()));
            }
        } catch (NumberFormatException e) {
            // As an event that there is not.
        }
        throw ApiException.notFound("There is no such event.", "after");
    }
}
