package io.baigong.host.audit;

import io.baigong.host.report.Language;
import io.baigong.host.report.ReportPage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PDF, for people to read and file. Has the first rows only, and says so: a page is made in memory. */
final class PageReport implements ReportWriter {
    private static final int MOST = 1_000;
    private static final Map<String, String> TITLES_ZH = Map.of(
            "model", "某个模型版本的输出与人工决定",
            "record", "涉及某条记录的一切",
            "overrides", "人工推翻",
            "ai-act", "欧盟人工智能法日志（第 12、19 条）",
            "algorithm-filing", "算法备案材料");
    private static final Map<String, String> TITLES = Map.of(
            "model", "What a model version answered, and decisions on it",
            "record", "What a record touched",
            "overrides", "Overrides",
            "ai-act", "Log for the EU AI Act, Articles 12 and 19",
            "algorithm-filing", "Facts for the algorithm filing");

    private final OutputStream out;
    private final Language language;
    private final List<List<String>> rows = new ArrayList<>();
    private Map<String, String> about = Map.of();
    private List<String> columns = List.of();

    PageReport(OutputStream out, Language language) {
        this.out = out;
        this.language = language;
    }

    @Override
    public void begin(Map<String, String> about, List<String> columns) {
        this.about = about;
        this.columns = columns.contains("seq") ? readable(columns) : columns;
    }

    /** Digests are for machines: they are in the other formats. */
    private static List<String> readable(List<String> columns) {
        return columns.stream()
                .filter(
                        List.of("seq", "logged", "kind", "actor", "task", "subject", "detail", EntryRow.DEMAND)
                                ::contains)
                .toList();
    }

    @Override
    public void row(Map<String, String> values, @Nullable String leaf) {
        if (rows.size() < MOST) {
            rows.add(columns.stream()
                    .map(column -> values.getOrDefault(column, ""))
                    .toList());
        }
    }

    @Override
    public void end(long count) throws IOException {
        String kind = about.getOrDefault("report", "");
        var page = new ReportPage(
                language, language.say(TITLES.getOrDefault(kind, kind), TITLES_ZH.getOrDefault(kind, kind)));
        page.heading(language.say("What it was made from", "依据"));
        page.table(
                List.of(language.say("Name", "名称"), language.say("Value", "内容")),
                about.entrySet().stream()
                        .map(fact -> List.of(fact.getKey(), fact.getValue()))
                        .toList());
        page.heading(language.say("Rows", "内容"));
        if (count > rows.size()) {
            page.paragraph(language.say(
                    "The first " + rows.size() + " of " + count
                            + " rows; all are in the CSV and JSON Lines of this report.",
                    "仅列出 " + count + " 行中的前 " + rows.size() + " 行；全部内容见本报告的 CSV 与 JSON Lines。"));
        }
        page.table(columns, rows);
        page.paragraph(language.say("Rows: ", "行数：") + count);
        page.pdf(out);
    }
}
