package io.baigong.finance.review;

import io.baigong.finance.clause.ClauseTaggerRecipe;
import io.baigong.finance.clause.CuadBenchmark;
import io.baigong.finance.export.DocxExport;
import io.baigong.finance.export.PdfExport;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Export;
import io.baigong.spi.Gate;
import io.baigong.spi.Inquiry;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Outcome;
import io.baigong.spi.Panel;
import io.baigong.spi.Sample;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import io.baigong.spi.TrainingRecipe;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code finance.contract-review}: clauses, facts and findings of a contract against a playbook. */
public final class ContractReviewTask implements Task<ContractReviewInput, ContractReview> {
    private static final TaskId ID = new TaskId("finance", "contract-review");

    @Override
    public TaskId id() {
        return ID;
    }

    @Override
    public LocalText title() {
        return new LocalText("Contract review", "合同审查");
    }

    @Override
    public Class<ContractReviewInput> inputType() {
        return ContractReviewInput.class;
    }

    @Override
    public Class<ContractReview> outputType() {
        return ContractReview.class;
    }

    @Override
    public List<ModelRole> roles() {
        return List.of(
                new ModelRole(
                        ContractReviewer.TAGGER,
                        ModelRole.Kind.TOKEN_CLASSIFICATION,
                        Optional.of("models/clause-tagger/1")),
                ModelRole.of(ContractReviewer.OCR, ModelRole.Kind.OCR),
                ModelRole.of(ContractReviewer.COUNSEL, ModelRole.Kind.CHAT));
    }

    @Override
    public Outcome<ContractReview> run(ContractReviewInput input, TaskContext context) {
        return new ContractReviewer(context.models()).review(input);
    }

    @Override
    public List<Sample> samples() {
        return List.of(
                sample(
                        "managed-services",
                        new LocalText("Managed services agreement (PDF)", "托管服务协议（PDF）"),
                        "managed-services-agreement.pdf",
                        "SERVICES_BUYING"),
                sample(
                        "software-licence",
                        new LocalText("Software license with tracked changes (DOCX)", "软件许可协议，含修订（DOCX）"),
                        "software-licence-agreement.docx",
                        "SOFTWARE_LICENSING"));
    }

    private static Sample sample(String name, LocalText title, String file, String playbook) {
        URL url = Objects.requireNonNull(
                ContractReviewTask.class.getResource("/samples/" + file), "the sample is not on the class path");
        return new Sample(name, title, Map.of("document", url), Map.of("playbook", playbook));
    }

    @Override
    public List<Benchmark> benchmarks() {
        return CuadBenchmark.all(ContractReviewer.TAGGER);
    }

    /** RoBERTa-base reaches an AUPR of 0.426 (CUAD, arXiv 2103.06268, table 2). */
    @Override
    public List<Gate> gates() {
        return List.of(
                Gate.atLeast(ContractReviewer.TAGGER, "cuad", "aupr", 0.43).withFloor(0.35),
                Gate.atLeast(ContractReviewer.TAGGER, "cuad", "clause_present_recall_at_3_passages", 0.85));
    }

    @Override
    public List<TrainingRecipe> recipes() {
        return List.copyOf(ClauseTaggerRecipe.all(ContractReviewer.TAGGER));
    }

    @Override
    public List<JudgedContracts> corrections() {
        return List.of(new JudgedContracts());
    }

    @Override
    public List<Panel> panels() {
        return List.of(
                new Panel.Table(
                        new LocalText("Findings", "审查发现"),
                        "/findings",
                        List.of(
                                new Panel.Column(new LocalText("Severity", "严重程度"), "/severity"),
                                new Panel.Column(new LocalText("Finding", "发现"), "/title"),
                                new Panel.Column(new LocalText("Detail", "详情"), "/detail"))),
                new Panel.Table(
                        new LocalText("Facts", "要素"),
                        "/facts",
                        List.of(
                                new Panel.Column(new LocalText("Fact", "要素"), "/title"),
                                new Panel.Column(new LocalText("Value", "值"), "/value/shown"),
                                new Panel.Column(new LocalText("Words", "原文"), "/quote"))),
                new Panel.Table(
                        new LocalText("Clauses", "条款"),
                        "/clauses",
                        List.of(
                                new Panel.Column(new LocalText("Clause", "条款"), "/title"),
                                new Panel.Column(new LocalText("Confidence", "置信度"), "/confidence"),
                                new Panel.Column(new LocalText("Words", "原文"), "/quote"))),
                new Panel.Text(new LocalText("Contract", "合同"), "/text"));
    }

    @Override
    public List<? extends Inquiry<?, ?>> inquiries() {
        return List.of(new PlaybookInquiry());
    }

    @Override
    public List<Export<ContractReviewInput, ContractReview>> exports() {
        return List.of(new DocxExport(), new PdfExport());
    }
}
