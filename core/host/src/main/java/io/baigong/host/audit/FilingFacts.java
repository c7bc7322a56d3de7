package io.baigong.host.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.run.PlatformJson;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the records know of what China's algorithm filing asks: services, models with their versions and data, volumes, human
 * intervention. Holds counts by task and model only.
 */
final class FilingFacts {
    static final List<String> COLUMNS = List.of("section", "item", "fact", "fact_zh", "value");

    /** Chinese names of facts. */
    private static final Map<String, String> CHINESE = Map.ofEntries(
            Map.entry("ANSWERED", "已作答次数"),
            Map.entry("ABSTAINED", "拒答次数"),
            Map.entry("FAILED", "失败次数"),
            Map.entry("first run", "首次运行"),
            Map.entry("last run", "最近运行"),
            Map.entry("runs", "运行次数"),
            Map.entry("ACCEPTED", "人工采纳"),
            Map.entry("CORRECTED", "人工修正"),
            Map.entry("REJECTED", "人工驳回"),
            Map.entry("AGREED", "复核同意"),
            Map.entry("DISAGREED", "复核不同意"),
            Map.entry("gate overrides", "越过门槛上线次数"),
            Map.entry("erasures", "按请求删除次数"),
            Map.entry("refusals", "拒绝访问次数"),
            Map.entry("sha256", "模型文件摘要"),
            Map.entry("base", "基础模型"),
            Map.entry("data", "训练数据来源"),
            Map.entry("dataSha256", "训练数据摘要"),
            Map.entry("licence", "许可"),
            Map.entry("recipe", "训练方法"),
            Map.entry("name of the provider", "服务提供者名称及主体信息"),
            Map.entry("form of the service, field of application", "服务形式与应用领域"),
            Map.entry("type of the algorithm", "算法类型"),
            Map.entry("self-assessment report", "算法安全自评估报告"),
            Map.entry("content to be made public", "拟公示内容"));

    private static final List<String> MISSING = List.of(
            "name of the provider",
            "form of the service, field of application",
            "type of the algorithm",
            "self-assessment report",
            "content to be made public");

    private final Map<String, Map<String, Long>> services = new TreeMap<>();
    private final Map<String, Map<String, Long>> interventions = new TreeMap<>();
    private final Map<String, String[]> periods = new TreeMap<>();
    private final Map<String, String> digests = new TreeMap<>();
    private final Map<String, Long> models = new TreeMap<>();

    void add(EntryRow row) {
        JsonNode entry = row.entry();
        String task = entry.path("task").asText();
        switch (row.kind()) {
            case "run" -> {
                count(services, task, row.detail("status"));
                String time = entry.path("time").asText();
                periods.computeIfAbsent(task, _ -> new String[] {time, time})[1] = time;
                for (JsonNode model : entry.path("models")) {
                    String name = model.path("role").asText() + " "
                            + model.path("name").asText() + "@"
                            + model.path("version").asText();
                    digests.put(name, model.path("sha256").asText());
                    models.merge(name, 1L, Long::sum);
                }
            }
            case "decision" -> count(interventions, task, row.detail("verdict"));
            case "second-review" -> count(interventions, task, row.detail("opinion"));
            case "gate-override" -> count(interventions, entry.path("subject").asText(), "gate overrides");
            case "erasure" -> count(interventions, "", "erasures");
            case "refusal" -> count(interventions, "", "refusals");
            default -> {}
        }
    }

    private static void count(Map<String, Map<String, Long>> counts, String item, String fact) {
        counts.computeIfAbsent(item, _ -> new TreeMap<>()).merge(fact, 1L, Long::sum);
    }

    /** All of them, with what the registry knows of the models. */
    List<Map<String, String>> rows(Connection connection) throws SQLException, IOException {
        var rows = new ArrayList<Map<String, String>>();
        services.forEach((task, facts) -> {
            facts.forEach((fact, value) -> rows.add(row("service", task, fact, String.valueOf(value))));
            String[] period = periods.getOrDefault(task, new String[] {"", ""});
            rows.add(row("service", task, "first run", period[0]));
            rows.add(row("service", task, "last run", period[1]));
        });
        Map<String, JsonNode> lineages = lineages(connection);
        models.forEach((model, runs) -> {
            String digest = digests.getOrDefault(model, "");
            rows.add(row("model", model, "runs", String.valueOf(runs)));
            rows.add(row("model", model, "sha256", digest));
            JsonNode lineage =
                    lineages.getOrDefault(digest, PlatformJson.mapper().nullNode());
            for (String fact : List.of("base", "recipe", "data", "dataSha256", "licence")) {
                String value = lineage.path(fact).asText("");
                if (!value.isEmpty()) {
                    rows.add(row("model", model, fact, value));
                }
            }
        });
        interventions.forEach((item, facts) ->
                facts.forEach((fact, value) -> rows.add(row("human intervention", item, fact, String.valueOf(value)))));
        MISSING.forEach(fact -> rows.add(row("not in the records", "", fact, "")));
        return rows;
    }

    private static Map<String, String> row(String section, String item, String fact, String value) {
        var row = new LinkedHashMap<String, String>();
        row.put("section", section);
        row.put("item", item);
        row.put("fact", fact);
        row.put("fact_zh", CHINESE.getOrDefault(fact, fact));
        row.put("value", value);
        return row;
    }

    /** By the digest of the model's files. */
    private static Map<String, JsonNode> lineages(Connection connection) throws SQLException, IOException {
        var lineages = new TreeMap<String, JsonNode>();
        try (var query = connection.createStatement();
                var rows = query.executeQuery(
                        "select event ->> 'sha256', event -> 'lineage' from registry_entry where type = 'registered'")) {
            while (rows.next()) {
                lineages.put(
                        String.valueOf(rows.getString(1)),
                        PlatformJson.mapper().readTree(String.valueOf(rows.getString(2))));
            }
        }
        return lineages;
    }
}
