package io.baigong.host.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.rest.Problem;
import io.baigong.host.run.PlatformJson;
import io.grpc.Status;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong fits in the trailers of a call, of which gRPC's clients in Java take 8 KiB. */
class RpcProblemsTest {
    @ParameterizedTest
    @CsvSource({"x, 1000", "险, 222", "%, 222"})
    void aReasonIsCutToWhatFits(String character, int kept) {
        Status status = RpcStatus.of(400, character.repeat(5000));
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).isEqualTo(character.repeat(kept) + "…");
        assertThat(RpcStatus.of(400, character.repeat(200)).getDescription()).isEqualTo(character.repeat(200));
        assertThat(RpcStatus.of(400, null).getDescription()).isNull();
    }

    private static JsonNode sent(String detail) throws IOException {
        byte[] json = RpcProblems.trailers(Problem.of(422, "corrupt", detail, "send it again"))
                .get(RpcProblems.PROBLEM);
        assertThat(json).hasSizeLessThanOrEqualTo(RpcStatus.MOST_BODY_BYTES);
        return PlatformJson.mapper().readTree(json);
    }

    @Test
    void aProblemThatIsTooLongGoesWithoutItsDetail() throws IOException {
        assertThat(sent("page 7 breaks off").path("detail").asText()).isEqualTo("page 7 breaks off");
        JsonNode cut = sent("险".repeat(2000));
        assertThat(cut.path("type").asText()).isEqualTo("urn:baigong:problem:corrupt");
        assertThat(cut.path("status").asInt()).isEqualTo(422);
        assertThat(cut.path("detail").asText()).isEqualTo("Corrupt");
    }
}
