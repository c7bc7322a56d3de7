package io.baigong.host.run;

import io.baigong.journal.Decision;
import io.baigong.spi.Reviewed.Decided;
import io.baigong.spi.Reviewed.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decisions in the journal, as a task sees them. */
public final class Judgements {
    private Judgements() {}

    /**
     * The one that counts on each subject.
     *
     * @param decisions on one run, oldest first
     */
    public static List<Decided> counting(List<Decision> decisions) {
        Map<String, Decided> last = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            last.put(
                    decision.subject(),
                    new Decided(
                            decision.subject(),
                            Verdict.valueOf(decision.verdict().name()),
                            decision.correction(),
                            decision.by().name(),
                            decision.at()));
        }
        return List.copyOf(last.values());
    }
}
