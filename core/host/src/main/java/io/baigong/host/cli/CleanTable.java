package io.baigong.host.cli;

import io.baigong.tuning.data.Bands;
import io.baigong.tuning.data.CleaningReport;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;

/** The report of a cleaning as a table in a terminal. */
final class CleanTable {
    private static final int MOST_LABELS = 20;

    private CleanTable() {}

    static void print(PrintWriter out, CleaningReport report) {
        line(out, "documents", report.documents(), "");
        report.dropped().forEach((reason, dropped) -> {
            out.println(String.format(
                    Locale.ROOT,
                    "  - %-18s %,10d  %5.1f %%  %s",
                    reason,
                    dropped.count(),
                    100 * report.share(dropped.count()),
                    reason.meaning()));
            dropped.examples().forEach(example -> out.println(" ".repeat(24) + "such as " + Words.line(example)));
        });
        line(out, "kept", report.kept(), percent(report.share(report.kept())));
        report.languages()
                .forEach((language, count) -> line(out, "  " + language.code(), count, percent(share(count, report))));
        report.personal()
                .forEach((kind, found) -> line(
                        out,
                        "  with " + kind.toString().toLowerCase(Locale.ROOT).replace('_', ' '),
                        found.documents(),
                        String.format(Locale.ROOT, "  %,d in all", found.values())));
        report.labels().entrySet().stream()
                .sorted(Comparator.comparingLong(each -> -each.getValue().kept()))
                .limit(MOST_LABELS)
                .forEach(each -> line(
                        out,
                        "  label " + Words.fit(each.getKey(), 14).strip(),
                        each.getValue().kept(),
                        String.format(
                                Locale.ROOT, "  written %,d", each.getValue().written())));
        if (report.labels().size() > MOST_LABELS) {
            out.println("  and " + (report.labels().size() - MOST_LABELS) + " labels more, in the JSON");
        }
        report.written().forEach((side, count) -> line(out, "written: " + side, count, ""));
        Bands bands = report.bands();
        if (bands != null) {
            out.println("near-duplicates were looked for by " + bands.bands() + " bands of " + bands.rows() + " rows");
        }
        if (report.cut() > 0) {
            out.println(String.format(
                    Locale.ROOT,
                    "%,d documents look like so many others that they were compared with part of them only",
                    report.cut()));
        }
    }

    private static double share(long count, CleaningReport report) {
        return report.kept() == 0 ? 0 : (double) count / report.kept();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "  %5.1f %%", 100 * share);
    }

    private static void line(PrintWriter out, String what, long count, String more) {
        out.println(String.format(Locale.ROOT, "%-22s %,10d%s", what, count, more));
    }
}
