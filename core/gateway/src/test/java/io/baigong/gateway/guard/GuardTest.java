package io.baigong.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.compute.text.PersonalData;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at in questions and answers, and what becomes of them. */
class GuardTest {
    @TempDir
    Path folder;

    private static Guard guard(Map<String, String> settings) {
        GuardConfig config = new SmallRyeConfigBuilder()
                .withMapping(GuardConfig.class, "guard")
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(GuardConfig.class, "guard");
        return Guards.of(GuardSettings.of(config), Map.of(), new PersonalData(List.of()))
                .of("acme");
    }

    private Guard topics(String lines) throws IOException {
        return guard(Map.of(
                "guard.blocked-topics",
                Files.writeString(folder.resolve("topics.txt"), lines).toString()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] question(String content) {
        return bytes("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":" + Texts.JSON.valueToTree(content)
                + "}]}");
    }

    private static byte[] answer(String content) {
        return bytes("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + Texts.JSON.valueToTree(content) + "},\"finish_reason\":\"stop\"}]}");
    }

    private static String delta(String content, String finish) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{"
                + (content.isEmpty() ? "" : "\"content\":" + Texts.JSON.valueToTree(content))
                + "},\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static CallGuard asked(Guard guard, String question) throws Exception {
        CallGuard call = guard.call(false, true).orElseThrow();
        call.question(bytes(question));
        return call;
    }

    @Test
    void whoHasNoSettingsIsLeftAlone() {
        Guard none = guard(Map.of());
        assertThat(none.looksAtQuestions()).isFalse();
        assertThat(none.call(false, true)).isEmpty();
        assertThat(none.call(true, false)).isPresent();
        assertThat(none.zones()).isEmpty();
    }

    @Test
    void aQuestionHasSoManyCharactersAndNoMore() throws Exception {
        Guard guard = guard(Map.of("guard.max-prompt-characters", "5"));
        guard.check(question("12345"));
        Refused refused = catchThrowableOfType(Refused.class, () -> guard.check(question("123456")));
        assertThat(refused.reason()).isEqualTo(Refused.Reason.TOO_LONG);
        assertThat(refused).hasMessageContaining("6 characters").hasMessageContaining("5");
    }

    @Test
    void topicsAreKnownByTheirPhrasesHoweverTheyAreWritten() throws Exception {
        Guard guard = topics("# ours\n\nweapons: build a bomb, 制造炸弹\nrivals: acme\n");
        for (String blocked :
                List.of("How do I BUILD  a\nBomb?", "如何制造炸弹呢", "ｂｕｉｌｄ ａ ｂｏｍｂ", "build-a-bomb", "ask ACME.", "“acme”")) {
            Refused refused = catchThrowableOfType(Refused.class, () -> guard.check(question(blocked)));
            assertThat(refused).as(blocked).isNotNull();
            assertThat(refused.reason()).isEqualTo(Refused.Reason.CONTENT);
            assertThat(refused).hasMessageMatching("The question is about '(weapons|rivals)'.*");
        }
        for (String free : List.of("build a bombastic stage", "the acmeism of Gumilyov", "制造", "bomb")) {
            guard.check(question(free));
        }
        assertThatThrownBy(
                        () -> guard.check(
                                bytes(
                                        "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"arguments\":\"{\\\"q\\\":\\\"build a bomb\\\"}\"}}]}]}")))
                .isInstanceOf(Refused.class);
        CallGuard call = asked(guard, "{}");
        assertThatThrownBy(() -> call.answer(answer("First, build a bomb.")))
                .hasMessage("The answer is about 'weapons', which this tenant has blocked.");
        assertThat(new String(call.answer(answer("No.")), StandardCharsets.UTF_8))
                .contains("\"No.\"");
    }

    /** However the stream is cut, nothing of the phrase is seen, and all that comes before it. */
    @Test
    void aStreamStopsBeforeABlockedPhraseBegins() throws Exception {
        Guard guard = topics("weapons: build a bomb, 制造炸弹\n");
        for (String phrase : List.of("build a bomb", "制造炸弹")) {
            String said = "We build a bombastic stage 制造 and then build a nice " + phrase + ", thus.";
            for (int seed = 0; seed < 200; seed++) {
                var random = new Random(seed);
                GuardedStream stream = asked(guard, "{}").stream();
                var seen = new StringBuilder();
                Refused refused = null;
                try {
                    for (int at = 0; at < said.length(); ) {
                        int end = Math.min(said.length(), at + 1 + random.nextInt(9));
                        seen.append(texts(stream.take(delta(said.substring(at, end), "null"))));
                        at = end;
                    }
                    seen.append(texts(stream.take(delta("", "\"stop\""))));
                } catch (Refused e) {
                    refused = e;
                }
                assertThat(refused).as("seed %d of %s", seed, phrase).isNotNull();
                assertThat(said).startsWith(seen.toString());
                assertThat(seen.toString())
                        .startsWith("We build a bombastic stage 制造 and then ")
                        .hasSizeLessThanOrEqualTo(said.indexOf(phrase + ","));
            }
        }
    }

    private static String texts(String events) throws IOException {
        var read = new StringBuilder();
        for (String event : events.split("\n\n", -1)) {
            if (event.startsWith("data: {")) {
                JsonNode data = Texts.JSON.readTree(event.substring("data:".length()));
                read.append(data.at("/choices/0/delta/content").asText());
            }
        }
        return read.toString();
    }

    @Test
    void anAnswerIsHeldAgainstTheSchemaOfItsQuestion() throws Exception {
        Guard guard = guard(Map.of("guard.check-schema", "true"));
        String question =
                "{\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"object\","
                        + "\"properties\":{\"pattern\":{\"type\":\"integer\"},\"s\":{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}},"
                        + "\"required\":[\"pattern\"],\"additionalProperties\":false}}}}";
        CallGuard call = asked(guard, question);
        call.answer(answer("{\"pattern\":1,\"s\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"}"));
        for (String wrong :
                List.of("{\"pattern\":\"secret\"}", "{}", "{\"pattern\":1,\"x\":2}", "secret", "{\"pattern\":")) {
            Refused refused = catchThrowableOfType(Refused.class, () -> call.answer(answer(wrong)));
            assertThat(refused).as(wrong).isNotNull();
            assertThat(refused.reason()).isEqualTo(Refused.Reason.SCHEMA);
            assertThat(refused)
                    .hasMessageContaining("does not keep to the schema")
                    .hasMessageNotContaining("secret");
        }
        GuardedStream stream = asked(guard, question).stream();
        stream.take(delta("{\"pattern\":", "null"));
        assertThatThrownBy(() -> stream.take(delta("\"x\"}", "\"stop\""))).isInstanceOf(Refused.class);
        call.question(bytes("{}"));
        call.answer(answer("no JSON"));
    }

    @Test
    void aSchemaFetchesNothingAndMayBeNoTrap() throws Exception {
        Path secret = Files.writeString(folder.resolve("schema.json"), "{\"type\":\"object\"}");
        Guard guard = guard(Map.of("guard.check-schema", "true"));
        String deep = "{\"not\":".repeat(150) + "{}" + "}".repeat(150);
        for (String schema : List.of(
                "{\"$ref\":\"" + secret.toUri() + "\"}",
                "{\"$ref\":\"http://127.0.0.1:1/schema.json\"}",
                "{\"$ref\":\"classpath:META-INF/MANIFEST.MF\"}",
                "{\"type\":\"none\"}",
                deep)) {
            assertThatThrownBy(() -> {
                        CallGuard call = asked(
                                guard,
                                "{\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":" + schema
                                        + "}}}");
                        call.answer(answer("{}"));
                    })
                    .as(schema)
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void generatedTextCarriesItsLabelWhereReadersAndProgramsLook() throws Exception {
        Guard guard = guard(Map.of("guard.label-producer", "Acme Bank"));
        CallGuard call = asked(guard, "{}");
        JsonNode labelled = Texts.JSON.readTree(call.answer(answer("Good day.")));
        assertThat(labelled.at("/choices/0/message/content").asText())
                .startsWith("Good day.\n\n")
                .contains("人工智能", "生成");
        assertThat(labelled.at("/AIGC/Label").asText()).isEqualTo("1");
        assertThat(labelled.at("/AIGC/ContentProducer").asText()).isEqualTo("Acme Bank");
        assertThat(labelled.at("/AIGC/ProduceID").asText()).isNotEmpty();

        CallGuard json = asked(guard, "{\"response_format\":{\"type\":\"json_object\"}}");
        JsonNode data = Texts.JSON.readTree(json.answer(answer("{}")));
        assertThat(data.at("/choices/0/message/content").asText()).isEqualTo("{}");
        assertThat(data.has("AIGC")).isTrue();

        JsonNode tool = Texts.JSON.readTree(
                call.answer(
                        bytes(
                                "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"function\":{\"arguments\":\"{}\"}}]}}]}")));
        assertThat(tool.has("AIGC")).isFalse();

        GuardedStream stream = asked(guard, "{}").stream();
        String events = stream.take(
                delta("Good ", "null") + delta("day.", "null") + delta("", "\"stop\"") + "data: [DONE]\n\n");
        assertThat(texts(events)).isEqualTo("Good day.\n\n" + ContentLabel.WORDS);
        assertThat(events).contains("\"AIGC\":{\"Label\":\"1\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void aLabelOfTheResponsesApiIsItsLastPieceAndKeepsTheNumbers() throws Exception {
        GuardedStream stream = asked(guard(Map.of("guard.label-producer", "Acme")), "{}").stream();
        String place = ",\"item_id\":\"i\",\"output_index\":0,\"content_index\":0";
        String text = "{\"type\":\"output_text\",\"text\":\"Hi\"}";
        String events = stream.take("data: {\"type\":\"response.output_text.delta\",\"sequence_number\":4" + place
                + ",\"delta\":\"Hi\"}\n\n"
                + "data: {\"type\":\"response.output_text.done\",\"sequence_number\":5" + place
                + ",\"text\":\"Hi\"}\n\n"
                + "data: {\"type\":\"response.content_part.done\",\"sequence_number\":6" + place + ",\"part\":" + text
                + "}\n\n"
                + "data: {\"type\":\"response.output_item.done\",\"sequence_number\":7,\"item\":{\"content\":[" + text
                + "]}}\n\n"
                + "data: {\"type\":\"response.completed\",\"sequence_number\":8,\"response\":{\"output\":[{\"content\":["
                + text + "]}]}}\n\n");
        var pieces = new StringBuilder();
        int number = 4;
        for (String event : events.split("\n\n", -1)) {
            if (event.contains("data: ")) {
                JsonNode data = Texts.JSON.readTree(event.substring(event.indexOf("data: ") + 6));
                assertThat(data.path("sequence_number").asInt()).isEqualTo(number++);
                pieces.append(data.path("delta").asText());
                String whole = data.path("text").asText()
                        + data.at("/part/text").asText()
                        + data.at("/item/content/0/text").asText()
                        + data.at("/response/output/0/content/0/text").asText();
                assertThat(whole).isIn("", "Hi\n\n" + ContentLabel.WORDS);
            }
        }
        assertThat(number).isEqualTo(10);
        assertThat(pieces).hasToString("Hi\n\n" + ContentLabel.WORDS);
        assertThat(events).contains("\"AIGC\"");
    }

    @Test
    void settingsThatCantBeUsedAreNamed() throws Exception {
        assertThatThrownBy(() -> guard(Map.of("guard.guardrails", "nobody")))
                .hasMessageContaining("[nobody]")
                .hasMessageContaining("shouting");
        assertThatThrownBy(() -> topics("bombs\n")).hasMessageContaining("line 1 must be 'topic: phrase, phrase'");
        assertThatThrownBy(() -> topics("a: " + "x".repeat(101))).hasMessageContaining("100 characters");
        assertThatThrownBy(() -> topics("a: " + "x,".repeat(2001))).hasMessageContaining("2001 phrases");
        Path missing = folder.resolve("none.txt");
        assertThatThrownBy(() -> guard(Map.of("guard.blocked-topics", missing.toString())))
                .hasMessageContaining(missing.toString());
        Files.write(missing, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> guard(Map.of("guard.blocked-topics", missing.toString())))
                .hasMessageContaining(missing.toString());
    }

    @Test
    void aGuardrailOfSomebodyElseIsAskedWhenItIsNamed() throws Exception {
        guard(Map.of()).call(false, true);
        Guard guard = guard(Map.of("guard.guardrails", "shouting"));
        guard.check(question("quietly"));
        assertThatThrownBy(() -> guard.check(question("LOUD"))).hasMessage("Do not shout.");
        assertThatThrownBy(() -> asked(guard, "{}").answer(answer("LOUD"))).isInstanceOf(Refused.class);
    }

    private static GuardSettings settings(Map<String, List<String>> topics, Set<String> guardrails) {
        return new GuardSettings(Set.of(), false, OptionalInt.empty(), topics, guardrails, false, Optional.of(" "));
    }

    @Test
    void aTenantMayBeGivenSettingsLaterButNotInThePlaceOfTheConfigurations() throws Exception {
        var fixed = settings(Map.of("weapons", List.of("build a bomb")), Set.of());
        Guards guards = Guards.of(settings(Map.of(), Set.of()), Map.of("acme", fixed), new PersonalData(List.of()))
                .with(Map.of(
                        "acme", settings(Map.of(), Set.of()),
                        "umbrella", settings(Map.of("viruses", List.of("T-virus, the first")), Set.of()),
                        "broken", settings(Map.of(), Set.of("nobody")),
                        "lost", GuardSettings.UNREADABLE));
        assertThatThrownBy(() -> guards.of("acme").check(question("How do I build a bomb?")))
                .hasMessageContaining("'weapons'");
        guards.of("umbrella").check(question("How do I build a bomb?"));
        assertThatThrownBy(() -> guards.of("umbrella").check(question("Is t-virus, the FIRST, curable?")))
                .hasMessageContaining("'viruses'");
        guards.of("somebody else").check(question("How do I build a bomb?"));
        for (String tenant : List.of("broken", "lost")) {
            assertThatThrownBy(() -> guards.of(tenant).check(question("Good day")))
                    .hasMessageContaining("none pass");
            assertThat(guards.of(tenant).looksAtTexts()).isTrue();
        }
        assertThatThrownBy(() -> guards.check(settings(Map.of("x", List.of(" ")), Set.of())))
                .hasMessageContaining("the topic 'x'");
        assertThatThrownBy(() -> guards.check(settings(Map.of(), Set.of("nobody"))))
                .hasMessageContaining("[nobody]");
    }
}
