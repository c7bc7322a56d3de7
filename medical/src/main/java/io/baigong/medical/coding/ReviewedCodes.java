package io.baigong.medical.coding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.medical.coding.CodedNote.ProposedCode;
import io.baigong.medical.note.Assertion;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Reviewed.Decided;
import io.baigong.spi.Reviewed.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The codes of a record as people left them: those proposed, without what was removed, with what replaced or was added, in the order of
 * the workbench, the principal diagnosis first. Each code is there once, however many subjects end in it.
 *
 * <p>Decisions name as their subject a code that was proposed; {@code added:CODE}; {@code principal}; or {@code poa:} with one of the first
 * two, whose correction has {@code poa}, an indicator of presence on admission.
 */
final class ReviewedCodes {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ADDED = "added:";
    private static final String PRINCIPAL = "principal";
    private static final String PRESENT_ON_ADMISSION = "poa:";

    private ReviewedCodes() {}

    /**
     * A code.
     *
     * @param quote words that justify it; null for one that a person added without
     * @param decided how a person took it; null while nobody has
     * @param poa present on admission, as a person said
     * @param subjects by which decisions name it
     * @param asProposed whether it is as the model proposed it
     */
    record ListedCode(
            String code,
            String title,
            @Nullable String quote,
            Assertion assertion,
            boolean principal,
            @Nullable Decided decided,
            @Nullable OnAdmission poa,
            Set<String> subjects,
            boolean asProposed) {
        private ListedCode asPrincipal() {
            return new ListedCode(code, title, quote, assertion, true, decided, poa, subjects, asProposed);
        }

        /** Both as one: of the past only if both are, and as the later decision has it. */
        private ListedCode with(ListedCode other) {
            return new ListedCode(
                    code,
                    title.isEmpty() ? other.title : title,
                    Stream.of(quote, other.quote)
                            .filter(Objects::nonNull)
                            .distinct()
                            .reduce((a, b) -> a + "; " + b)
                            .orElse(null),
                    assertion == Assertion.HISTORY ? other.assertion : assertion,
                    principal || other.principal,
                    Stream.of(decided, other.decided)
                            .filter(Objects::nonNull)
                            .max(Comparator.comparing(Decided::at))
                            .orElse(null),
                    poa == null ? other.poa : poa,
                    Stream.concat(subjects.stream(), other.subjects.stream()).collect(Collectors.toUnmodifiableSet()),
                    asProposed || other.asProposed);
        }

        /** Whether a decision is about it. */
        boolean isOf(Decided decision) {
            String subject = decision.subject();
            return subject.equals(PRINCIPAL)
                    ? principal
                    : subjects.contains(
                            subject.startsWith(PRESENT_ON_ADMISSION)
                                    ? subject.substring(PRESENT_ON_ADMISSION.length())
                                    : subject);
        }
    }

    static List<ListedCode> of(Reviewed<CodingInput, CodedNote> run) {
        Map<String, Decided> decisions = new LinkedHashMap<>();
        run.decisions().forEach(decided -> decisions.put(decided.subject(), decided));
        var listed = new ArrayList<ListedCode>();
        for (ProposedCode proposed : run.output().codes()) {
            Decided decided = decisions.get(proposed.code());
            if (decided == null || decided.verdict() != Verdict.REJECTED) {
                listed.add(taken(proposed, true, decided, decisions));
            }
        }
        for (ProposedCode proposed : run.output().setAside()) {
            Decided decided = decisions.get(proposed.code());
            if (decided != null && decided.verdict() != Verdict.REJECTED) {
                listed.add(taken(proposed, false, decided, decisions));
            }
        }
        for (Decided decided : run.decisions()) {
            if (decided.subject().startsWith(ADDED) && decided.verdict() != Verdict.REJECTED) {
                correction(decided).ifPresent(code -> listed.add(added(decided, code, decisions)));
            }
        }
        Optional<String> chosen = Optional.ofNullable(decisions.get(PRINCIPAL))
                .flatMap(ReviewedCodes::correction)
                .map(ReviewedCodes::code);
        return principalFirst(merged(listed), chosen, run.output().principal());
    }

    private static List<ListedCode> merged(List<ListedCode> listed) {
        var codes = new LinkedHashMap<String, ListedCode>();
        listed.forEach(one -> codes.merge(one.code, one, ListedCode::with));
        return new ArrayList<>(codes.values());
    }

    /** The principal diagnosis is what a person chose, else what was proposed, if that is listed. */
    private static List<ListedCode> principalFirst(
            List<ListedCode> codes, Optional<String> chosen, @Nullable String proposed) {
        codes.stream()
                .filter(one -> chosen.isPresent() && one.code.equals(chosen.get()))
                .findFirst()
                .or(() -> codes.stream()
                        .filter(one -> proposed != null && one.subjects.contains(proposed))
                        .findFirst())
                .ifPresent(one -> codes.set(codes.indexOf(one), one.asPrincipal()));
        codes.sort(Comparator.comparing((ListedCode one) -> !one.principal));
        return codes;
    }

    private static ListedCode taken(
            ProposedCode proposed, boolean listed, @Nullable Decided decided, Map<String, Decided> decisions) {
        Optional<JsonNode> other =
                decided != null && decided.verdict() == Verdict.CORRECTED ? correction(decided) : Optional.empty();
        String code = other.map(ReviewedCodes::code).orElse(proposed.code());
        return new ListedCode(
                code,
                other.map(ReviewedCodes::title).orElse(proposed.title()),
                proposed.quote(),
                proposed.assertion(),
                false,
                decided,
                poa(proposed.code(), decisions),
                Set.of(proposed.code()),
                listed && code.equals(proposed.code()));
    }

    private static ListedCode added(Decided decided, JsonNode code, Map<String, Decided> decisions) {
        return new ListedCode(
                code(code),
                title(code),
                code.path("words").path("quote").textValue(),
                Assertion.PRESENT,
                false,
                decided,
                poa(decided.subject(), decisions),
                Set.of(decided.subject()),
                false);
    }

    private static @Nullable OnAdmission poa(String subject, Map<String, Decided> decisions) {
        Decided decided = decisions.get(PRESENT_ON_ADMISSION + subject);
        return decided == null || decided.verdict() == Verdict.REJECTED
                ? null
                : json(decided)
                        .map(json -> json.path("poa").asText())
                        .flatMap(OnAdmission::of)
                        .orElse(null);
    }

    /** A correction that has a code. */
    private static Optional<JsonNode> correction(Decided decided) {
        return json(decided).filter(json -> !code(json).isEmpty());
    }

    private static Optional<JsonNode> json(Decided decided) {
        if (decided.correction() == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(MAPPER.readTree(decided.correction()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String code(JsonNode correction) {
        return correction.path("code").asText().strip().toUpperCase(Locale.ROOT);
    }

    private static String title(JsonNode correction) {
        return correction.path("title").asText();
    }
}
