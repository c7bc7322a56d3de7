package io.baigong.manufacturing.maintenance;

import io.baigong.manufacturing.maintenance.fleet.FailureRecipe;
import io.baigong.manufacturing.maintenance.fleet.FleetBenchmark;
import io.baigong.manufacturing.maintenance.fleet.FleetFolder;
import io.baigong.manufacturing.maintenance.fleet.MachineHistory;
import io.baigong.manufacturing.maintenance.process.Ai4iBenchmark;
import io.baigong.manufacturing.maintenance.process.ProcessFailure;
import io.baigong.manufacturing.maintenance.process.ProcessFailureRecipe;
import io.baigong.manufacturing.maintenance.simulation.FleetScenario;
import io.baigong.manufacturing.maintenance.simulation.FleetSimulator;
import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import io.baigong.manufacturing.maintenance.turbofan.CmapssBenchmark;
import io.baigong.manufacturing.maintenance.turbofan.RemainingLife;
import io.baigong.manufacturing.maintenance.turbofan.RemainingLifeRecipe;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Feed;
import io.baigong.spi.Gate;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Outcome;
import io.baigong.spi.Panel;
import io.baigong.spi.Sample;
import io.baigong.spi.Signals;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import io.baigong.spi.TrainingRecipe;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code manufacturing.predictive-maintenance}. */
public final class PredictiveMaintenanceTask implements Task<MaintenanceInput, MaintenanceReport> {
    private static final TaskId ID = new TaskId("manufacturing", "predictive-maintenance");
    static final String FLEET_ROLE = "manufacturing.failure-predictor";
    static final String AZURE_ROLE = "manufacturing.azure-failure";

    private static final FailureRecipe.Provenance SIMULATED = new FailureRecipe.Provenance(
            "the fleet simulator of this project (Apache-2.0)",
            "simulated machines with four kinds of component, whose damage shows for about twelve days; a plant's own"
                    + " machines need a model of their own, made in the same way");
    private static final FailureRecipe.Provenance OWN = new FailureRecipe.Provenance(
            "a plant's own records, under the plant's terms",
            "machines, sensors and services as these records have them; it says nothing of others, and is to be measured on"
                    + " machines or months that it has not seen");
    private static final FailureRecipe.Provenance AZURE = new FailureRecipe.Provenance(
            "Microsoft's predictive-maintenance sample (AI-PredictiveMaintenance, MIT), synthetic by its own word",
            "synthetic; signals move two days before a failure and not earlier, so no alarm can lead by three");

    @Override
    public TaskId id() {
        return ID;
    }

    @Override
    public LocalText title() {
        return new LocalText("Predictive maintenance", "预测性维护");
    }

    @Override
    public Class<MaintenanceInput> inputType() {
        return MaintenanceInput.class;
    }

    @Override
    public Class<MaintenanceReport> outputType() {
        return MaintenanceReport.class;
    }

    @Override
    public List<ModelRole> roles() {
        return List.of(
                role(FLEET_ROLE, "models/fleet-failure/1"),
                role(AZURE_ROLE, "models/azure-failure/1"),
                role(RemainingLife.ROLE, "models/turbofan-remaining-life/1"),
                role(ProcessFailure.ROLE, "models/process-failure/1"));
    }

    private static ModelRole role(String name, String folder) {
        return new ModelRole(name, ModelRole.Kind.PREDICTION, Optional.of(folder));
    }

    @Override
    public Outcome<MaintenanceReport> run(MaintenanceInput input, TaskContext context) {
        return new MaintenanceRun(context.models()).run(input);
    }

    @Override
    public Optional<Signals<MaintenanceInput, MaintenanceReport>> signals() {
        return Optional.of(new MaintenanceSignals());
    }

    @Override
    public Optional<Feed<MaintenanceInput, MaintenanceReport>> feed() {
        return Optional.of(new MaintenanceFeed());
    }

    @Override
    public List<Sample> samples() {
        return List.of(
                new Sample(
                        "fleet",
                        new LocalText("Three machines over thirty days", "三台机器三十天的数据"),
                        Map.of(
                                "telemetry", resource("telemetry.csv"),
                                "errors", resource("errors.csv"),
                                "maintenance", resource("maintenance.csv"),
                                "failures", resource("failures.csv"),
                                "machines", resource("machines.csv")),
                        Map.of("asset", "PRODUCTION_MACHINE", "failureCost", "10000")),
                new Sample(
                        "milling",
                        new LocalText("Eight products on a milling machine", "铣床上的八件产品"),
                        Map.of("telemetry", resource("milling.csv")),
                        Map.of("asset", "MILLING")));
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(
                PredictiveMaintenanceTask.class.getResource("/samples/maintenance/" + name),
                "the sample is not on the class path");
    }

    @Override
    public List<Panel> panels() {
        return List.of(
                new Panel.Table(
                        new LocalText("Machines", "机器"),
                        "/machines",
                        List.of(
                                column("Machine", "机器", "/machine"),
                                column("Health (0–100)", "健康指数（0–100）", "/health"),
                                column("To do", "建议", "/action/text"),
                                column("Component", "部件", "/worst"),
                                column("Fails within 24 h", "24小时内故障概率", "/components/0/within24h"),
                                column("within 72 h", "72小时内", "/components/0/within72h"),
                                column("within 14 days", "14天内", "/components/0/within14d"),
                                column("Life left", "剩余寿命", "/life/value"),
                                column("at least", "下限", "/life/low"),
                                column("at most", "上限", "/life/high"),
                                column("Unit", "单位", "/life/unit"),
                                column("Mostly because of", "主要原因", "/why/0/feature"))),
                new Panel.Table(
                        new LocalText("Alarms", "报警"),
                        "/alarms",
                        List.of(
                                column("Machine", "机器", "/machine"),
                                column("Component", "部件", "/component"),
                                column("Opened", "开始", "/opened"),
                                column("Closed", "结束", "/closed"),
                                column("Peak probability", "最高概率", "/peak"))),
                new Panel.Table(
                        new LocalText("What was wrong with the data", "数据问题"),
                        "/dataIssues",
                        List.of(
                                column("Machine", "机器", "/machine"),
                                column("Signal", "信号", "/signal"),
                                column("Issue", "问题", "/text"),
                                column("Samples", "样本数", "/samples"),
                                column("From", "自", "/from"),
                                column("To", "至", "/to"))));
    }

    private static Panel.Column column(String en, String zh, String pointer) {
        return new Panel.Column(new LocalText(en, zh), pointer);
    }

    @Override
    public List<Benchmark> benchmarks() {
        return List.of(
                new FleetBenchmark("fleet", FLEET_ROLE, PredictiveMaintenanceTask::fleet),
                new FleetBenchmark("azure-pdm", AZURE_ROLE, PredictiveMaintenanceTask::folder),
                new CmapssBenchmark(),
                new Ai4iBenchmark());
    }

    @Override
    public List<Gate> gates() {
        return List.of(
                Gate.atLeast(FLEET_ROLE, "fleet", "recall_72h_ahead", 0.8).withFloor(0.7),
                Gate.atMost(FLEET_ROLE, "fleet", "false_alarm_share", 0.2),
                Gate.atLeast(AZURE_ROLE, "azure-pdm", "recall_24h_ahead", 0.75),
                Gate.atMost(RemainingLife.ROLE, "cmapss", "FD001_rmse", 16),
                Gate.atMost(RemainingLife.ROLE, "cmapss", "FD003_rmse", 16),
                Gate.atLeast(ProcessFailure.ROLE, "ai4i2020", "f1", 0.7).withFloor(0.5));
    }

    @Override
    public List<TrainingRecipe> recipes() {
        return List.of(
                new FailureRecipe(
                        new FailureRecipe.Data("fleet", FLEET_ROLE, "fleet-failure", 72),
                        PredictiveMaintenanceTask::fleet,
                        data -> Files.isDirectory(data) ? OWN : SIMULATED),
                new FailureRecipe(
                        new FailureRecipe.Data("azure-pdm", AZURE_ROLE, "azure-failure", 24),
                        PredictiveMaintenanceTask::folder,
                        data -> AZURE),
                new RemainingLifeRecipe(),
                new ProcessFailureRecipe());
    }

    /** A plant's own folder, or a scenario for the simulator. */
    private static List<MachineHistory> fleet(Path data) throws IOException {
        return Files.isDirectory(data) ? folder(data) : new FleetSimulator(FleetScenario.read(data)).histories();
    }

    private static List<MachineHistory> folder(Path folder) throws IOException {
        try {
            return FleetFolder.read(folder, ZoneOffset.UTC).machines();
        } catch (UnreadableTelemetry e) {
            throw new IOException(e.detail(), e);
        }
    }
}
