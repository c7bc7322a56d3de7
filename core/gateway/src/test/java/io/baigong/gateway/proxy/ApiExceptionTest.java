package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiExceptionTest {
    @Test
    void withoutItsWordsAnErrorIsTheSame() {
        ApiException error = ApiException.noSuchModel("m".repeat(10_000)).withoutWords();
        assertThat(error.status()).isEqualTo(404);
        assertThat(error.json())
                .hasSizeLessThan(300)
                .contains("over HTTP")
                .endsWith("\"type\":\"invalid_request_error\",\"param\":\"model\",\"code\":\"model_not_found\"}}");
    }
}
