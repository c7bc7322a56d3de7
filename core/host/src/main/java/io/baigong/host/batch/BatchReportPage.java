package io.baigong.host.batch;

import io.baigong.host.batch.BatchReport.Numbers;
import io.baigong.host.report.Language;
import io.baigong.host.report.ReportPage;
import io.baigong.spi.LocalText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A batch's report as people file it. */
public final class BatchReportPage {
    private static final int MOST_WORDS = 40;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final String LENGTH = ".length";

    private final Language language;
    private final Batch batch;
    private final BatchReport report;
    private final ReportPage page;

    private BatchReportPage(Language language, Batch batch, BatchReport report) {
        this.language = language;
        this.batch = batch;
        this.report = report;
        this.page = new ReportPage(language, language.say("Batch report: ", "批处理报告：") + batch.name());
    }

    /**
     * The page.
     *
     * @param task what the batch's task is called
     */
    public static ReportPage of(Language language, Batch batch, LocalText task, BatchReport report) {
        var sheet = new BatchReportPage(language, batch, report);
        sheet.head(language.say(task));
        sheet.scores();
        sheet.spreads();
        sheet.confidence();
        sheet.counts();
        sheet.reasons();
        sheet.failures();
        return sheet.page;
    }

    private void head(String task) {
        page.paragraph(task + " · " + batch.task() + " · " + state());
        page.paragraph(language.say("Begun ", "开始于 ")
                + MINUTE.format(batch.createdAt())
                + language.say(" by ", "，创建人 ")
                + batch.createdBy().name()
                + ended(batch.endedAt())
                + (batch.occasion().purpose() == null
                        ? ""
                        : " · " + batch.occasion().purpose()));
        page.paragraph(language.say("Batch ", "批处理编号 ") + batch.id());
        page.heading(language.say("Records", "记录"));
        var rows = new ArrayList<List<String>>();
        rows.add(share("Answered", "已回答", batch.answered()));
        rows.add(share("Abstained", "已弃答", batch.abstained()));
        rows.add(share("Failed", "失败", batch.failed()));
        rows.add(share("Waiting", "等待中", batch.total() - batch.done()));
        rows.add(share("All", "合计", batch.total()));
        page.table(List.of(language.say("Outcome", "结果"), times(), language.say("Share", "占比")), rows);
        if (report.compared() > 0) {
            page.paragraph(language.say(
                    ReportPage.number(report.changed()) + " of " + ReportPage.number(report.compared())
                            + " records ended otherwise than the earlier run of the same input.",
                    "与相同输入的早先运行相比，" + ReportPage.number(report.compared()) + " 条记录中有 "
                            + ReportPage.number(report.changed()) + " 条结果不同。"));
        }
    }

    private String state() {
        return switch (batch.state()) {
            case RUNNING -> language.say("running", "运行中");
            case PAUSED -> language.say("paused", "已暂停");
            case CANCELLED -> language.say("cancelled", "已取消");
            case ENDED -> language.say("done", "已完成");
        };
    }

    private String ended(@Nullable Instant at) {
        return at == null ? "" : language.say(", ended ", "，结束于 ") + MINUTE.format(at);
    }

    private List<String> share(String en, String zh, long count) {
        return List.of(
                language.say(en, zh),
                ReportPage.number(count),
                ReportPage.number(100.0 * count / Math.max(1, batch.total())) + " %");
    }

    private String times() {
        return language.say("Count", "数量");
    }

    private void scores() {
        var rows = new ArrayList<List<String>>();
        for (TruthScores scores : report.scores()) {
            scores.metrics()
                    .forEach((metric, value) -> rows.add(List.of(
                            title(scores.path()),
                            metric(metric),
                            ReportPage.number(value.value()),
                            ReportPage.number(value.low()) + " – " + ReportPage.number(value.high()),
                            ReportPage.number(scores.records()),
                            ReportPage.number(scores.unanswered()))));
        }
        if (!rows.isEmpty()) {
            page.heading(language.say("Against the truth that was sent along", "与随附真值的比较"));
            page.table(
                    List.of(
                            language.say("Of", "项目"),
                            language.say("Metric", "指标"),
                            language.say("Value", "值"),
                            language.say("95 % interval", "95 % 区间"),
                            language.say("Records", "记录数"),
                            language.say("Without answer", "无回答")),
                    rows);
        }
    }

    private String metric(String name) {
        return switch (name) {
            case "accuracy" -> language.say("Accuracy", "准确率");
            case "micro_precision" -> language.say("Precision (micro)", "精确率（微平均）");
            case "micro_recall" -> language.say("Recall (micro)", "召回率（微平均）");
            case "micro_f1" -> language.say("F1 (micro)", "F1（微平均）");
            case "macro_f1" -> language.say("F1 (macro)", "F1（宏平均）");
            case "mae" -> language.say("Mean absolute error", "平均绝对误差");
            case "rmse" -> language.say("Root mean square error", "均方根误差");
            default -> name;
        };
    }

    private void spreads() {
        var rows = new ArrayList<List<String>>();
        spread(language.say("Time of a run, in seconds", "单次运行时间（秒）"), report.seconds(), rows);
        report.members().forEach((path, member) -> spread(title(path), member.numbers(), rows));
        if (!rows.isEmpty()) {
            page.heading(language.say("Numbers", "数值"));
            page.table(
                    List.of(
                            language.say("Of", "项目"),
                            times(),
                            language.say("Least", "最小"),
                            language.say("Median", "中位数"),
                            language.say("Middle half", "中间一半"),
                            language.say("Most", "最大"),
                            language.say("Mean", "平均")),
                    rows);
        }
    }

    private static void spread(String title, @Nullable Numbers numbers, List<List<String>> rows) {
        if (numbers != null && numbers.count() > 0) {
            rows.add(List.of(
                    title,
                    ReportPage.number(numbers.count()),
                    ReportPage.number(numbers.quantile(0)),
                    ReportPage.number(numbers.quantile(0.5)),
                    ReportPage.number(numbers.quantile(0.25)) + " – " + ReportPage.number(numbers.quantile(0.75)),
                    ReportPage.number(numbers.quantile(1)),
                    ReportPage.number(numbers.sum() / numbers.count())));
        }
    }

    private void confidence() {
        long[] bins = report.confidence();
        var counts = new LinkedHashMap<String, Long>();
        for (int i = 0; i < bins.length; i++) {
            if (bins[i] > 0) {
                counts.put(100 * i / bins.length + "–" + 100 * (i + 1) / bins.length + " %", bins[i]);
            }
        }
        bars(language.say("Confidence of answers", "回答的置信度"), language.say("Confidence", "置信度"), counts);
    }

    private void counts() {
        report.members().forEach((path, member) -> {
            if (member.counts() != null) {
                var named = new LinkedHashMap<String, Long>();
                member.counts()
                        .byWord()
                        .forEach((word, count) ->
                                named.merge(CONSTANT.matcher(word).matches() ? words(word) : word, count, Long::sum));
                bars(title(path), language.say("Value", "值"), named);
            }
        });
    }

    private void bars(String heading, String of, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            page.heading(heading);
            page.bars(of, times(), counts);
        }
    }

    private String title(String path) {
        if (path.endsWith(LENGTH)) {
            return language.say("How many: ", "数量：") + words(path.substring(0, path.length() - LENGTH.length()));
        }
        return String.join(
                " · ",
                Pattern.compile("\\.")
                        .splitAsStream(path)
                        .map(BatchReportPage::words)
                        .toList());
    }

    /** {@code lineItems} and {@code LINE_ITEMS} as {@code Line items}. */
    private static String words(String name) {
        String spaced =
                name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }

    private void reasons() {
        var most = new LinkedHashMap<String, Long>();
        report.reasons().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_WORDS)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        bars(language.say("Why the task abstained", "任务弃答的原因"), language.say("Reason", "原因"), most);
        int others = report.reasons().size() - most.size();
        if (others > 0) {
            page.paragraph(language.say(others + " rarer reasons are left out.", "另有 " + others + " 个较少见的原因未列出。"));
        }
    }

    private void failures() {
        if (report.failures().isEmpty()) {
            return;
        }
        page.heading(language.say("Why records failed", "记录失败的原因"));
        var rows = new ArrayList<List<String>>();
        report.failures()
                .forEach((why, failures) -> rows.add(List.of(
                        ReportPage.number(failures.count()),
                        why.get(1),
                        why.get(2),
                        String.join(", ", failures.examples()))));
        page.table(
                List.of(
                        times(),
                        language.say("Why", "原因"),
                        language.say("What helps", "补救办法"),
                        language.say("Such as", "例如")),
                rows);
        if (report.otherFailures() > 0) {
            page.paragraph(language.say(
                    report.otherFailures() + " more records failed for other reasons.",
                    "另有 " + report.otherFailures() + " 条记录因其他原因失败。"));
        }
    }
}
