package io.baigong.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.compute.text.PersonalData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskingTest {
    private final Masking masking = new Masking(new PersonalData(List.of("王小明")));

    private JsonNode masked(String json) throws Exception {
        return masking.masked(Texts.JSON.readTree(json));
    }

    private static String delta(String content, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
                + (content.isEmpty() ? "{}" : "{\"content\":" + Texts.JSON.valueToTree(content) + "}")
                + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    @Test
    void nothingPersonalLeavesAndAllComesBack() throws Exception {
        JsonNode sent = masked("{\"model\":\"a@b.com\",\"messages\":[{\"role\":\"user\",\"content\":"
                + "\"王小明, 13800138000, and again 13800138000; li@example.com\"}]}");
        assertThat(sent.at("/messages/0/content").asText())
                .isEqualTo("[NAME_1], [PHONE_1], and again [PHONE_1]; [EMAIL_1]");
        assertThat(sent.path("model").asText()).isEqualTo("a@b.com");
        assertThat(masking.size()).isEqualTo(3);
        String answer =
                "{\"choices\":[{\"message\":{\"content\":\"Ask [NAME_1] at [PHONE_1], not [PHONE_2] or 13900139000\"}}]}";
        assertThat(Texts.JSON
                        .readTree(new CallGuard(masking, List.of(), false, null)
                                .answer(answer.getBytes(StandardCharsets.UTF_8)))
                        .at("/choices/0/message/content")
                        .asText())
                .as("what the model says of its own accord stays masked")
                .isEqualTo("Ask 王小明 at 13800138000, not [PHONE_2] or [PHONE]");
    }

    @Test
    void theArgumentsOfToolsStayJson() throws Exception {
        JsonNode sent = masked("{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"t\","
                + "\"function\":{\"name\":\"dial\",\"arguments\":\"{\\\"to\\\":13800138000,\\\"n\\\":1}\"}}]},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"13800138000\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,13800138000\"}}]}]}");
        assertThat(Texts.JSON.readTree(
                        sent.at("/messages/0/tool_calls/0/function/arguments").asText()))
                .isEqualTo(Texts.JSON.readTree("{\"to\":\"[PHONE_1]\",\"n\":1}"));
        assertThat(sent.at("/messages/1/content/0/text").asText()).isEqualTo("[PHONE_1]");
        assertThat(sent.at("/messages/1/content/1/image_url/url").asText()).startsWith("data:image/png;base64,1380");
    }

    /** However the answer is cut into pieces, the caller reads the same text, and never a placeholder or another's number. */
    @Test
    void aStreamReadsTheSameHoweverItIsCut() throws Exception {
        masked("{\"m\":\"王小明 13800138000 li@example.com\"}");
        String said =
                "Dear [NAME_1], we rang [PHONE_1] and wrote to [EMAIL_1]. Our card is 4111 1111 1111 1111, [sic] 3 days.";
        String wanted =
                "Dear 王小明, we rang 13800138000 and wrote to li@example.com. Our card is [BANK_CARD], [sic] 3 days.";
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var stream = new CallGuard(masking, List.of(), false, null).stream();
            var events = new StringBuilder();
            for (int at = 0; at < said.length(); ) {
                int end = Math.min(said.length(), at + 1 + random.nextInt(9));
                events.append(stream.take(delta(said.substring(at, end), "null")));
                at = end;
            }
            events.append(stream.take(delta("", "\"stop\"") + "data: [DONE]\n\n"));
            var read = new StringBuilder();
            boolean finished = false;
            for (String event : events.toString().split("\n\n", -1)) {
                if (!event.isEmpty() && !event.contains("[DONE]")) {
                    JsonNode choice = Texts.JSON
                            .readTree(event.substring("data:".length()))
                            .at("/choices/0");
                    assertThat(finished).as("no text after the end").isFalse();
                    read.append(choice.at("/delta/content").asText());
                    finished = choice.path("finish_reason").isTextual();
                }
            }
            assertThat(read.toString()).isEqualTo(wanted);
            assertThat(finished).isTrue();
            assertThat(events).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void aStreamOfResponsesIsRestoredInItsPiecesAndItsWhole() throws Exception {
        masked("{\"m\":\"13800138000\"}");
        var stream = new CallGuard(masking, List.of(), false, null).stream();
        String place = ",\"item_id\":\"i\",\"output_index\":0,\"content_index\":0,";
        String out = stream.take("event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\""
                        + place + "\"delta\":\"Call [PHO\"}\n\n")
                + stream.take("data: {\"type\":\"response.output_text.delta\"" + place + "\"delta\":\"NE_1]\"}\n\n")
                + stream.take(
                        "data: {\"type\":\"response.output_text.done\"" + place + "\"text\":\"Call [PHONE_1]\"}\n\n"
                                + "data: {\"type\":\"response.completed\",\"response\":{\"output\":[{\"text\":\"[PHONE_1]\"}]}}\n\n");
        assertThat(out)
                .doesNotContain("[PHO")
                .contains("\"delta\":\"Call \"", "\"delta\":\"13800138000\"", "\"text\":\"Call 13800138000\"")
                .contains("[{\"text\":\"13800138000\"}]");
    }
}
