package io.baigong.host.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which field serves which demand of Regulation (EU) 2024/1689, Articles 12, 19 and 26. */
final class AiAct {
    private AiAct() {}

    static Map<String, String> demands(long retentionDays) {
        var demands = new LinkedHashMap<String, String>();
        demands.put(
                "Art. 12(1)",
                "events are recorded automatically over the system's lifetime: every row; numbers that are missing are of other tenants");
        demands.put(
                "Art. 12(2)(a)",
                "situations that may present a risk, or a substantial modification: runs that abstained or failed,"
                        + " overrides, model steps, configuration, erasures");
        demands.put(
                "Art. 12(2)(b)",
                "post-market monitoring (Art. 72): runs with models, input, output, evidence; decisions and second reviews"
                        + " on them; model steps");
        demands.put(
                "Art. 12(2)(c)",
                "monitoring of the operation (Art. 26(5)): every row; actor, time, purpose, correlation, refusals, sign-ins");
        demands.put(
                "Art. 12(3)",
                "only for remote biometric identification (Annex III, 1(a)); of what it asks: time of use is time, the input"
                        + " is input by its digest, who verified the result (Art. 14(5)) is actor of decisions and second reviews");
        demands.put(
                "Art. 19(1), 26(6)",
                "kept for at least six months: entries are never deleted, and promised for " + retentionDays + " days");
        return demands;
    }
}
