package io.baigong.host.audit;

import io.baigong.host.report.Language;
import io.baigong.host.report.ReportPage;
import io.baigong.spi.LocalText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PDF, for people to read and file. Has the first rows only, and says so: a page is made in memory. Digests, which are for machines,
 * are in the other formats.
 */
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

    /** What names of facts and columns are to people; in the other formats they are names for programs. */
    private static final Map<String, LocalText> NAMES = Map.ofEntries(
            name("report", "Report", "报告"),
            name("from", "From", "开始时间"),
            name("to", "To", "结束时间"),
            name("model", "Model", "模型"),
            name("record", "Record", "记录"),
            name("tenant", "Tenant", "租户"),
            name("made by", "Made by", "制作人"),
            name("made at", "Made at", "制作时间"),
            name("log", "Log", "日志"),
            name("log size", "Entries of the log", "日志条目数"),
            name("log root", "Root of the log", "日志根哈希"),
            name("signed head", "Signed head", "已签名的日志头"),
            name("warning", "Warning", "警告"),
            name("seq", "No.", "序号"),
            name("logged", "Logged", "记录时间"),
            name("kind", "Kind", "类型"),
            name("actor", "Who", "操作者"),
            name("task", "Task", "任务"),
            name("subject", "About", "对象"),
            name("detail", "Detail", "详情"),
            name(EntryRow.DEMAND, "Demand", "条款"),
            name("section", "Part", "部分"),
            name("item", "Of", "项目"),
            name("fact", "Fact", "事实"),
            name("fact_zh", "Fact", "事实"),
            name("value", "Value", "内容"),
            name("service", "Service", "服务"),
            name("human intervention", "Human intervention", "人工干预"),
            name("not in the records", "Not in the records", "记录中没有"));

    private final OutputStream out;
    private final Language language;
    private final List<List<String>> rows = new ArrayList<>();
    private Map<String, String> about = Map.of();
    private List<String> columns = List.of();

    PageReport(OutputStream out, Language language) {
        this.out = out;
        this.language = language;
    }

    private static Map.Entry<String, LocalText> name(String name, String en, String zh) {
        return Map.entry(name, new LocalText(en, zh));
    }

    private String shown(String name) {
        LocalText words = NAMES.get(name);
        return words == null ? name : language.say(words);
    }

    @Override
    public void begin(Map<String, String> about, List<String> columns) {
        this.about = about;
        this.columns = columns.stream()
                .filter(List.of(
                        "seq",
                        "logged",
                        "kind",
                        "actor",
                        "task",
                        "subject",
                        "detail",
                        EntryRow.DEMAND,
                        "section",
                        "item",
                        language.say("fact", "fact_zh"),
                        "value")::contains)
                .toList();
    }

    @Override
    public void row(Map<String, String> values, @Nullable String leaf) {
        if (rows.size() < MOST) {
            rows.add(columns.stream()
                    .map(column -> {
                        String value = values.getOrDefault(column, "");
                        return column.equals("section") ? shown(value) : value;
                    })
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
                        .map(fact -> List.of(shown(fact.getKey()), fact.getValue()))
                        .toList());
        page.heading(language.say("Rows", "内容"));
        if (count > rows.size()) {
            page.paragraph(language.say(
                    "The first " + rows.size() + " of " + count
                            + " rows; all are in the CSV and JSON Lines of this report.",
                    "仅列出 " + count + " 行中的前 " + rows.size() + " 行；全部内容见本报告的 CSV 与 JSON Lines。"));
        }
        page.table(columns.stream().map(this::shown).toList(), rows);
        page.paragraph(language.say("Rows: ", "行数：") + count);
        page.pdf(out);
    }
}
