package io.baigong.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TokenizedTextTest {
    @Test
    void countsInUtf16UnitsBeyondTheBasicPlane() throws IOException {
        String text = "\uD83D\uDE00 party \uD83D\uDE00\uD83D\uDE00, café 甲方 end";
        try (var tokenizer = BaseEncoder.ALL_MINILM_L6_V2.tokenizer()) {
            var tokens = TokenizedText.of(text, tokenizer);
            var words = new java.util.ArrayList<String>();
            for (int i = 0; i < tokens.length(); i++) {
                words.add(text.substring(tokens.starts()[i], tokens.ends()[i]));
            }
            assertThat(words).contains("party", "甲", "方", "end");
            assertThat(String.join("", words)).isEqualTo(text.replace(" ", ""));
        }
    }

    @Test
    void doesNotCutLongTexts() throws IOException {
        try (var tokenizer = BaseEncoder.ALL_MINILM_L6_V2.tokenizer()) {
            var tokens = TokenizedText.of("law ".repeat(20_000), tokenizer);
            assertThat(tokens.length()).isEqualTo(20_000);
            assertThat(tokens.ends()[19_999]).isEqualTo(79_999);
        }
    }
}
