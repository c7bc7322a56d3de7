package io.baigong.host.model;

import io.baigong.host.report.Language;
import io.baigong.host.report.ReportPage;
import io.baigong.measures.Interval;
import io.baigong.registry.history.GateResult;
import io.baigong.registry.history.Lineage;
import io.baigong.registry.history.ModelHistory;
import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryEvent.Approved;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.registry.history.RegistryEvent.Promoted;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.registry.history.RegistryEvent.Retired;
import io.baigong.registry.history.RegistryEvent.RolledBack;
import io.baigong.registry.history.Share;
import io.baigong.registry.history.Signature;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evaluation.Metric;
import io.baigong.spi.Gate;
import io.baigong.spi.Task;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a version, under the headings of Annex IV of Regulation (EU) 2024/1689 (technical documentation). What the suite can't
 * know is left to the provider, and said to be.
 */
public final class ModelReport {
    private static final int ALL = 100; // per cent

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Language language;
    private final ModelHistory history;
    private final ModelHistory.Version version;
    private final ReportPage page;

    private ModelReport(Language language, String role, ModelHistory history, ModelHistory.Version version) {
        this.language = language;
        this.history = history;
        this.version = version;
        Registered registered = version.registered();
        page = new ReportPage(
                language,
                language.say("Model report: ", "模型报告：") + registered.name() + " " + registered.label()
                        + language.say(", version ", "，版本 ") + registered.number() + language.say(" of ", "，角色 ")
                        + role);
    }

    /**
     * The report.
     *
     * @param tasks that ask the role
     * @param gates of the role
     * @param comparison with what serves, if that is another version
     * @param card the model card in Markdown; may be empty
     */
    public static ReportPage of(
            Language language,
            String role,
            List<? extends Task<?, ?>> tasks,
            ModelHistory history,
            ModelHistory.Version version,
            List<Gate> gates,
            @Nullable VersionComparison comparison,
            String card) {
        var report = new ModelReport(language, role, history, version);
        report.general(role, tasks);
        report.development(card);
        report.performance(gates, comparison);
        report.oversight();
        report.changes();
        report.monitoring();
        return report.page;
    }

    private void compared(VersionComparison found) {
        page.paragraph(
                found.right() == ModelHistory.SHIPPED
                        ? say(
                                "Against the model that ships, measured on the same data; differences by the paired bootstrap.",
                                "与随附模型在相同数据上的比较；差异按配对自助法计算。")
                        : say("Against version ", "与第 ")
                                + found.right()
                                + say(
                                        ", which serves, measured on the same data; differences by the paired bootstrap.",
                                        " 版（服务中）在相同数据上的比较；差异按配对自助法计算。"));
        var rows = new ArrayList<List<String>>();
        found.benchmarks()
                .forEach(one -> one.metrics().forEach((metric, each) -> {
                    Interval difference = each.difference();
                    if (difference != null && each.right() != null) {
                        rows.add(List.of(
                                one.benchmark(),
                                metric,
                                ReportPage.number(each.right().value()),
                                ReportPage.number(difference.value()),
                                interval(difference.low(), difference.high()),
                                each.differs() ? say("differs", "有差异") : say("may be chance", "可能是偶然")));
                    }
                }));
        page.table(
                List.of(
                        say("Benchmark", "基准"),
                        say("Metric", "指标"),
                        say("Its value", "对方的值"),
                        say("Difference", "差异"),
                        say("95 % interval", "95 % 区间"),
                        say("Verdict", "判断")),
                rows);
    }

    private String say(String en, String zh) {
        return language.say(en, zh);
    }

    private void general(String role, List<? extends Task<?, ?>> tasks) {
        Registered registered = version.registered();
        page.paragraph(say(
                "Laid out as Annex IV of Regulation (EU) 2024/1689 asks. It holds what the suite knows and measured; where a heading says so, the provider adds what only he knows.",
                "按照欧盟《人工智能法》（2024/1689）附件四编排。本报告给出平台所知与所测；标明之处由提供者补充。"));
        page.heading(say("1. General description", "1. 总体说明"));
        var rows = new ArrayList<List<String>>();
        for (Task<?, ?> task : tasks) {
            rows.add(List.of(say("Intended purpose", "预期用途"), language.say(task.title()) + " (" + task.id() + ")"));
        }
        rows.add(List.of(say("Role", "角色"), role));
        rows.add(List.of(say("State", "状态"), state()));
        rows.add(List.of("SHA-256", registered.sha256()));
        rows.add(List.of(say("Trained numbers", "参数数量"), ReportPage.number(registered.parameters())));
        rows.add(List.of(
                say("Registered", "登记"),
                MINUTE.format(version.registration().at()) + ", "
                        + version.registration().by().name()));
        page.table(List.of(say("Of", "项目"), say("Value", "值")), rows);
        page.paragraph(say(
                "To add: who the provider is, on what hardware it runs, with what other systems it works.",
                "待补充：提供者、运行硬件、与其他系统的关系。"));
    }

    private String state() {
        return switch (history.state(version)) {
            case CANDIDATE -> say("candidate", "候选");
            case APPROVED -> say("approved", "已批准");
            case SERVING -> {
                int share = history.share(version.registered().number());
                yield share == ALL
                        ? say("serving", "服务中")
                        : say("serving " + share + " % of the runs", "服务中，承担 " + share + "% 的运行");
            }
            case RETIRED -> say("retired", "已退役");
        };
    }

    private void development(String card) {
        page.heading(say("2. Development and data", "2. 开发过程与数据"));
        Lineage lineage = version.registered().lineage();
        var rows = new ArrayList<List<String>>();
        row(rows, say("Tuned from", "基础模型"), lineage.base());
        row(rows, say("Made by", "制作方式"), lineage.recipe());
        row(rows, say("Data", "数据"), lineage.data());
        row(rows, say("SHA-256 of the data", "数据的 SHA-256"), lineage.dataSha256());
        row(rows, say("Seed", "随机种子"), lineage.seed() == null ? null : String.valueOf(lineage.seed()));
        row(rows, say("Code", "代码提交"), lineage.commit());
        row(rows, say("Made in", "制作环境"), lineage.environment());
        row(rows, say("Licence", "许可证"), lineage.licence());
        if (rows.isEmpty()) {
            page.paragraph(say("Its registrar said nothing of where it comes from.", "登记人未说明其来源。"));
        } else {
            page.table(List.of(say("Of", "项目"), say("As its registrar says", "登记人所述")), rows);
        }
        signature();
        if (card.isBlank()) {
            page.paragraph(say("It has no model card.", "没有模型卡。"));
        } else {
            ModelCardPage.add(page, language, card);
        }
    }

    private void signature() {
        Signature signature = version.registered().signature();
        if (signature == null) {
            return;
        }
        var rows = new ArrayList<List<String>>();
        signature.inputs().forEach(port -> rows.add(port(say("Input", "输入"), port)));
        signature.outputs().forEach(port -> rows.add(port(say("Output", "输出"), port)));
        page.table(
                List.of("", say("Name", "名称"), say("Elements", "元素"), say("Shape", "形状"), say("Columns", "列")), rows);
    }

    private static List<String> port(String direction, Signature.Port port) {
        return List.of(
                direction,
                port.name(),
                port.type(),
                "[" + String.join(", ", port.shape()) + "]",
                String.join(", ", port.columns()));
    }

    private static void row(List<List<String>> rows, String name, @Nullable String value) {
        if (value != null) {
            rows.add(List.of(name, value));
        }
    }

    private void performance(List<Gate> gates, @Nullable VersionComparison comparison) {
        page.heading(say("3. Performance on data that were kept back", "3. 在保留数据上的性能"));
        var measured = version.evaluations();
        if (measured.isEmpty()) {
            page.paragraph(say("It was not measured here.", "尚未在此测量。"));
        }
        measured.forEach((benchmark, entry) -> {
            if (entry.event() instanceof Evaluated found) {
                page.paragraph(benchmark
                        + say(": ", "：")
                        + ReportPage.number(found.cases())
                        + say(" cases, measured ", " 个样例，测量于 ")
                        + MINUTE.format(entry.at())
                        + say(" for ", "，委托人 ")
                        + entry.by().name()
                        + say("; SHA-256 of the data ", "；数据的 SHA-256 ")
                        + found.dataSha256());
                var rows = new ArrayList<List<String>>();
                found.metrics()
                        .forEach((name, metric) -> rows.add(
                                List.of(name, ReportPage.number(metric.value()), interval(metric), metric.unit())));
                page.table(
                        List.of(
                                say("Metric", "指标"),
                                say("Value", "值"),
                                say("95 % interval", "95 % 区间"),
                                say("Unit", "单位")),
                        rows);
                subgroups(found.subgroups());
            }
        });
        if (comparison != null && comparison.benchmarks().stream().anyMatch(VersionComparison.OnBenchmark::paired)) {
            compared(comparison);
        }
        page.paragraph(say(
                "Of groups of persons or things nothing was measured that does not stand above.",
                "除以上所列之外，未按人群或对象分组测量。"));
        page.heading(say("4. Appropriateness of the metrics", "4. 指标的适当性"));
        if (gates.isEmpty()) {
            page.paragraph(
                    say("The role has no gate; a version serves by a person's word alone.", "该角色未设门槛；版本仅凭人的决定投入服务。"));
            return;
        }
        page.paragraph(say(
                "The task's makers chose these gates. The worse end of the interval is compared with the limit, and the value in each subgroup of at least "
                        + Gate.FEWEST + " cases with the floor, where there is one.",
                "门槛由任务的作者选定；与限值比较的是区间中较差的一端；设有下限时，还比较每个不少于 " + Gate.FEWEST + " 例的分组的值。"));
        var rows = new ArrayList<List<String>>();
        for (GateResult result : version.gates(gates)) {
            Gate gate = result.gate();
            Metric metric = result.measured();
            rows.add(List.of(
                    gate.benchmark(),
                    gate.metric(),
                    bound(gate, gate.limit()),
                    gate.floor() == null ? "–" : bound(gate, gate.floor()),
                    metric == null
                            ? say("not measured", "未测量")
                            : ReportPage.number(metric.value()) + " (" + interval(metric) + ")",
                    (result.passed() ? say("passed", "通过") : say("not passed", "未通过")) + broken(result)));
        }
        page.table(
                List.of(
                        say("Benchmark", "基准"),
                        say("Metric", "指标"),
                        say("Limit", "限值"),
                        say("Floor of subgroups", "分组下限"),
                        say("Reached", "达到"),
                        say("Gate", "门槛")),
                rows);
    }

    private static String bound(Gate gate, double value) {
        return (gate.bound() == Gate.Bound.AT_LEAST ? "≥ " : "≤ ") + ReportPage.number(value);
    }

    private static String broken(GateResult result) {
        return result.broken().isEmpty()
                ? ""
                : ": "
                        + String.join(
                                ", ",
                                result.broken().stream()
                                        .map(each -> each.dimension() + " " + each.name())
                                        .toList());
    }

    private void subgroups(List<Evaluation.Subgroup> subgroups) {
        if (subgroups.isEmpty()) {
            return;
        }
        var rows = new ArrayList<List<String>>();
        for (Evaluation.Subgroup each : subgroups) {
            each.metrics()
                    .forEach((name, metric) -> rows.add(List.of(
                            each.dimension() + ": " + each.name(),
                            ReportPage.number(each.cases()),
                            name,
                            ReportPage.number(metric.value()),
                            interval(metric))));
        }
        page.table(
                List.of(
                        say("Subgroup", "分组"),
                        say("Cases", "样例数"),
                        say("Metric", "指标"),
                        say("Value", "值"),
                        say("95 % interval", "95 % 区间")),
                rows);
    }

    private static String interval(Metric metric) {
        return interval(metric.low(), metric.high());
    }

    private static String interval(double low, double high) {
        return ReportPage.number(low) + " – " + ReportPage.number(high);
    }

    private void oversight() {
        page.heading(say("5. Human oversight and risk management", "5. 人工监督与风险管理"));
        page.paragraph(say(
                "Each answer shows what it rests on and how sure it is, and a person accepts, corrects or rejects it (Art. 14(4)). Answers below the task's threshold are withheld. Decisions can take a second reviewer, who is another person. A version can be rolled back at once, and a role answers with what served before.",
                "每个答案都给出依据与置信度，由人接受、更正或驳回（第 14 条第 4 款）；低于任务阈值者不作答。决定可由另一人复核。版本可立即回滚，由先前的版本继续服务。"));
        version.approval()
                .ifPresent(entry -> page.paragraph(say("Approved by ", "批准人 ")
                        + entry.by().name() + ", "
                        + MINUTE.format(entry.at())
                        + (entry.event() instanceof Approved approved && approved.override() != null
                                ? say(", although not all gates are passed: ", "，虽未通过全部门槛：") + approved.override()
                                : "")));
        page.paragraph(say(
                "To add: the risk management system (Art. 9), foreseeable misuse, and what persons who oversee are taught.",
                "待补充：风险管理体系（第 9 条）、可预见的误用、监督人员的培训。"));
    }

    private void changes() {
        page.heading(say("6. Changes over its life", "6. 生命周期中的变更"));
        var rows = new ArrayList<List<String>>();
        for (RegistryEntry entry : history.entries()) {
            String what = step(entry);
            if (what != null) {
                rows.add(List.of(time(entry.at()), what, entry.by().name()));
            }
        }
        page.table(List.of(say("When", "时间"), say("What", "事项"), say("Who", "人员")), rows);
    }

    private static String time(Instant at) {
        return MINUTE.format(at);
    }

    /** What an entry says of this version; null for those of others. */
    private @Nullable String step(RegistryEntry entry) {
        int number = version.registered().number();
        return switch (entry.event()) {
            case Registered event -> event.number() == number ? say("registered", "登记") : null;
            case Evaluated event -> event.number() == number ? say("measured on ", "测量于 ") + event.benchmark() : null;
            case Approved event -> event.number() == number ? say("approved", "批准") : null;
            case Promoted event ->
                served(event.number(), event.shares())
                        ? say("began to serve", "投入服务") + shares(event.shares()) + event.reason()
                        : null;
            case RolledBack event ->
                served(event.number(), event.shares())
                        ? say("serves again after a roll back", "回滚后再次服务") + shares(event.shares()) + event.reason()
                        : null;
            case Retired event -> event.number() == number ? say("retired: ", "退役：") + event.reason() : null;
        };
    }

    /** Whether a change of what serves is about this version. */
    private boolean served(int changed, List<Share> shares) {
        int number = version.registered().number();
        return changed == number || shares.stream().anyMatch(share -> share.number() == number);
    }

    /** What comes between a change and its reason. */
    private String shares(List<Share> shares) {
        if (shares.size() == 1) {
            return say(": ", "：");
        }
        String each = shares.stream()
                .map(share -> (share.number() == ModelHistory.SHIPPED
                                ? say("the model that ships", "随附模型")
                                : say("version ", "版本 ") + share.number())
                        + " " + share.percent() + " %")
                .collect(Collectors.joining(say(", ", "，")));
        return say(" (" + each + "): ", "（" + each + "）：");
    }

    private void monitoring() {
        page.heading(say("7. Standards, 8. declaration of conformity", "7. 标准，8. 符合性声明"));
        page.paragraph(say(
                "To add by the provider: harmonised standards that were applied, and the declaration (Art. 47).",
                "由提供者补充：所适用的协调标准，以及声明（第 47 条）。"));
        page.heading(say("9. Monitoring after it is in service", "9. 投入服务后的监测"));
        page.paragraph(
                say(
                        "Every run with this version is in the audit log with its SHA-256, digests of input and output, evidence, and the decisions of persons on it; './baigong audit report' and the page Audit list them by version (Art. 12, 72). How often persons agree with answers, and with each other, is on the page Runs. Earlier inputs can be run again with a newer version, and the differences counted.",
                        "使用该版本的每次运行都记入审计日志，含其 SHA-256、输入与输出摘要、依据及人的决定；可用“./baigong audit report”与“审计”页面按版本列出（第 12、72 条）。人对答案的同意率以及复核一致性见“运行”页面。可用新版本重跑以往输入并统计差异。"));
    }
}
