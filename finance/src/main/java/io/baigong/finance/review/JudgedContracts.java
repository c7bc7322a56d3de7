package io.baigong.finance.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.finance.clause.ClauseType;
import io.baigong.finance.clause.CuadContract;
import io.baigong.finance.review.ContractReview.ClauseHit;
import io.baigong.spi.Corrections;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Reviewed.Decided;
import io.baigong.spi.Reviewed.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Contracts that lawyers judged, as contracts of CUAD. A contract is one when each clause that was taken as present has a decision; its spans are
 * the clauses accepted, also of those that were thought unlikely, and those whose correction is the name of another clause type, as that. Clauses
 * that nobody was shown are not in it.
 */
final class JudgedContracts implements Corrections<ContractReviewInput, ContractReview> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FILE = "judged-runs.jsonl";

    @Override
    public String recipe() {
        return "cuad";
    }

    @Override
    public int add(Path data, List<Reviewed<ContractReviewInput, ContractReview>> cases, Path out) throws IOException {
        copy(data, out);
        var lines = new ArrayList<String>();
        for (Reviewed<ContractReviewInput, ContractReview> one : cases) {
            Optional<List<CuadContract.Span>> spans = spans(one);
            if (spans.isPresent() && !one.output().text().isBlank()) {
                lines.add(new CuadContract("run-" + one.id(), one.output().text(), spans.get()).json());
            }
        }
        if (!lines.isEmpty()) {
            write(out.resolve(FILE), lines);
        }
        return lines.size();
    }

    /** Those of an earlier training stay, but for runs that are judged anew. */
    private static void write(Path file, List<String> lines) throws IOException {
        var all = new ArrayList<String>();
        if (Files.exists(file)) {
            Set<String> now = new HashSet<>();
            for (String line : lines) {
                now.add(MAPPER.readTree(line).path("id").asText());
            }
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (!line.isBlank()
                        && !now.contains(MAPPER.readTree(line).path("id").asText())) {
                    all.add(line);
                }
            }
        }
        all.addAll(lines);
        Files.write(file, all, StandardCharsets.UTF_8);
    }

    private static void copy(Path data, Path out) throws IOException {
        if (Files.isRegularFile(data)) {
            CuadContract.read(data);
            Files.copy(data, out.resolve(CuadContract.isGzip(data) ? "contracts.jsonl.gz" : "contracts.jsonl"));
            return;
        }
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Files.copy(file, out.resolve(file.getFileName().toString()));
            }
        }
        CuadContract.read(out);
    }

    private static Optional<List<CuadContract.Span>> spans(Reviewed<ContractReviewInput, ContractReview> one) {
        Map<String, Decided> decisions =
                one.decisions().stream().collect(Collectors.toMap(Decided::subject, Function.identity()));
        var spans = new ArrayList<CuadContract.Span>();
        for (ClauseHit clause : one.output().clauses()) {
            Decided decided = decisions.get(clause.id());
            if (decided == null && clause.likely()) {
                return Optional.empty();
            }
            if (decided != null && decided.verdict() != Verdict.REJECTED) {
                Optional<ClauseType> type = decided.verdict() == Verdict.ACCEPTED
                        ? ClauseType.ofCuadName(clause.type())
                        : corrected(decided.correction());
                if (type.isEmpty()) {
                    return Optional.empty();
                }
                spans.add(new CuadContract.Span(type.get(), clause.start(), clause.end()));
            }
        }
        return Optional.of(spans);
    }

    /** The clause type that a correction names, by CUAD's name or a page's title; empty if it says something else. */
    private static Optional<ClauseType> corrected(@Nullable String correction) {
        try {
            String text =
                    correction == null ? null : MAPPER.readTree(correction).textValue();
            return Arrays.stream(ClauseType.values())
                    .filter(type -> text != null
                            && Stream.of(
                                            type.cuadName(),
                                            type.title().en(),
                                            type.title().zh())
                                    .anyMatch(text.strip()::equalsIgnoreCase))
                    .findFirst();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
