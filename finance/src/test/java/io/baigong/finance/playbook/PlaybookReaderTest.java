package io.baigong.finance.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.finance.clause.ClauseType;
import io.baigong.finance.fact.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaybookReaderTest {
    private static final String HEAD = "playbook: mine\nversion: \"1\"\ntitle: Mine\nrules:\n";
    private static final String RULE = """
              - id: A
                kind: required
                severity: high
                clause: Insurance
                title: T
                reason: R
            """;

    private static Playbook read(String yaml) throws InvalidPlaybook {
        return PlaybookReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static InvalidPlaybook refusal(String yaml) {
        return Objects.requireNonNull(catchThrowableOfType(InvalidPlaybook.class, () -> read(yaml)), "was accepted");
    }

    @ParameterizedTest
    @EnumSource(ShippedPlaybook.class)
    void shippedPlaybooksAreBilingualAndSay15To25Things(ShippedPlaybook shipped) {
        Playbook playbook = PlaybookReader.shipped(shipped);
        assertThat(playbook.rules()).hasSizeBetween(15, 25);
        assertThat(playbook.rules()).allSatisfy(rule -> {
            assertThat(rule.title().zh()).isNotEqualTo(rule.title().en()).matches(".*\\p{IsHan}.*");
            assertThat(rule.reason().zh()).matches(".*\\p{IsHan}.*");
            assertThat(rule.citation()).isNotBlank();
        });
    }

    @Test
    void readsYamlAndTheSameAsJson() throws InvalidPlaybook {
        Playbook yaml = read(HEAD + RULE);
        Playbook json = read("""
                {
                \t"playbook": "mine", "version": "1", "title": "Mine",
                \t"rules": [{"id": "A", "kind": "required", "severity": "high", "clause": "Insurance",
                \t\t"title": "T", "reason": "R"}]
                }
                """);
        assertThat(json).isEqualTo(yaml);
        assertThat(yaml.rules().getFirst().condition()).isInstanceOf(Rule.Required.class);
    }

    @Test
    void aVersionKeepsItsZero() throws InvalidPlaybook {
        assertThat(read(HEAD.replace("\"1\"", "1.10") + RULE).version()).isEqualTo("1.10");
    }

    @Test
    void faultsHaveLineAndColumn() {
        InvalidPlaybook fault = refusal(HEAD + RULE.replace("high", "hihg").replace("reason: R", "raeson: R"));
        // The severity is on line 7; the unknown field on line 10; the missing reason is of the rule that begins on
        // line 5.
        assertThat(fault.faults()).extracting(InvalidPlaybook.Fault::line).containsExactly(5, 7, 10);
        assertThat(fault.faults()).extracting(InvalidPlaybook.Fault::column).containsExactly(5, 5, 5);
        assertThat(fault).hasMessageContaining("line 10, column 5").hasMessageContaining("raeson");
    }

    @Test
    void unknownClauseAndWrongFieldsOfAKindAreRefused() {
        assertThat(refusal(HEAD + RULE.replace("Insurance", "Insurances"))).hasMessageContaining("line 8");
        assertThat(refusal(HEAD + RULE + "    fact: term\n")).hasMessageContaining("line 11");
        assertThat(refusal(HEAD + RULE.replace("clause: Insurance", "by: us"))).hasMessageContaining("line 5");
    }

    @Test
    void aLimitMustBeReadable() {
        String limit = RULE.replace("required", "limit").replace("clause: Insurance", "fact: term\n    at-most: soon");
        assertThat(refusal(HEAD + limit)).hasMessageContaining("line 9").hasMessageContaining("90 days");
    }

    @Test
    void sameIdAndSameKeyTwiceAreRefused() {
        assertThat(refusal(HEAD + RULE + RULE)).hasMessageContaining("line 11").hasMessageContaining("line 5");
        assertThat(refusal(HEAD + RULE + "    title: again\n")).hasMessageContaining("line 11");
    }

    @Test
    void brokenYamlNamesItsLine() {
        assertThat(refusal(HEAD + "  - id: [A\n"))
                .hasMessageContaining("not valid YAML")
                .hasMessageContaining("line");
        assertThat(refusal("")).hasMessageContaining("empty");
        assertThat(refusal("just words")).hasMessageContaining("object");
    }

    @Test
    void bombsAreRefusedQuickly() {
        String aliases = "a: &a [x, x]\nb: &b [*a, *a]\nplaybook: [*b, *b]\n";
        assertThat(refusal(aliases))
                .hasMessageContaining("aliases are not allowed")
                .hasMessageContaining("line 1");
        assertThat(refusal("[".repeat(200_000))).hasMessageContaining("nested too deeply");
        assertThat(refusal("- ".repeat(200_000))).hasMessageContaining("nested too deeply");
        assertThat(refusal("a: b\n".repeat(300_000))).hasMessageContaining("1 MiB");
        assertThat(refusal(HEAD + RULE.replace("id: A", "id: X").repeat(1_000))).hasMessageContaining("rules");
        var nested = new StringBuilder();
        for (int depth = 0; depth < 600; depth++) {
            nested.append(" ".repeat(depth)).append("a:\n");
        }
        assertThat(refusal(nested.toString())).hasMessageContaining("nested too deeply");
    }

    @Test
    void otherEncodingsAreRefused() {
        assertThatThrownBy(() -> PlaybookReader.read(new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0}))
                .isInstanceOf(InvalidPlaybook.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void theSchemaNamesEveryClauseAndFact() throws IOException {
        try (InputStream in = PlaybookReader.class.getResourceAsStream("/playbooks/playbook.schema.json")) {
            JsonNode defs = new ObjectMapper().readTree(in).get("$defs");
            assertThat(StreamSupport.stream(defs.at("/clause/enum").spliterator(), false)
                            .map(JsonNode::asText))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(ClauseType.values())
                            .map(ClauseType::cuadName)
                            .toList());
            assertThat(StreamSupport.stream(defs.at("/fact/enum").spliterator(), false)
                            .map(JsonNode::asText))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(Fact.Kind.values())
                            .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .toList());
        }
    }
}
