package io.baigong.finance.review;

import io.baigong.finance.playbook.Finding;
import io.baigong.finance.playbook.InvalidPlaybook;
import io.baigong.finance.playbook.InvalidPlaybook.Fault;
import io.baigong.finance.playbook.Playbook;
import io.baigong.finance.playbook.PlaybookReader;
import io.baigong.finance.playbook.ShippedPlaybook;
import io.baigong.spi.Inquiry;
import io.baigong.spi.LocalText;
import io.baigong.spi.References;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code playbook}: reads a playbook as a review would, and says where it is wrong; or hands out one that ships, to begin with. */
final class PlaybookInquiry implements Inquiry<PlaybookInquiry.Given, PlaybookInquiry.Reading> {
    /**
     * A playbook.
     *
     * @param text YAML or JSON; goes before {@code shipped}
     * @param shipped one that ships; the first of them when nothing is given
     */
    record Given(@Nullable String text, @Nullable ShippedPlaybook shipped) {}

    /**
     * How it was read.
     *
     * @param text what was read
     * @param title null while it is wrong
     * @param rules in their order; empty while it is wrong
     * @param faults in the order of the text; empty if a review can use it
     */
    record Reading(
            String text,
            @Nullable String name,
            @Nullable String version,
            @Nullable LocalText title,
            List<RuleLine> rules,
            List<Fault> faults) {}

    /** A rule in one line. */
    record RuleLine(String id, Finding.Severity severity, LocalText title) {}

    @Override
    public String name() {
        return "playbook";
    }

    @Override
    public Class<Given> questionType() {
        return Given.class;
    }

    @Override
    public Class<Reading> answerType() {
        return Reading.class;
    }

    @Override
    public Reading answer(Given question, References references) {
        ShippedPlaybook shipped = question.shipped() == null ? ShippedPlaybook.SERVICES_BUYING : question.shipped();
        String text = question.text() == null ? PlaybookReader.source(shipped) : question.text();
        try {
            Playbook playbook = PlaybookReader.read(text.getBytes(StandardCharsets.UTF_8));
            List<RuleLine> rules = playbook.rules().stream()
                    .map(rule -> new RuleLine(rule.id(), rule.severity(), rule.title()))
                    .toList();
            return new Reading(text, playbook.name(), playbook.version(), playbook.title(), rules, List.of());
        } catch (InvalidPlaybook e) {
            return new Reading(text, null, null, null, List.of(), e.faults());
        }
    }
}
