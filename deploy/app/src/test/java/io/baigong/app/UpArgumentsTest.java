package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpArgumentsTest {
    @Test
    void portAndHostAreRead() throws StartException {
        assertThat(UpArguments.parse(new String[] {"--port", "81", "--host", "::1"}))
                .isEqualTo(new UpArguments("::1", 81, false));
        assertThat(UpArguments.parse(new String[0])).isEqualTo(new UpArguments("127.0.0.1", 8080, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port x", "--port 0", "--port 65536", "--colour red", "x"})
    void whatIsWrongIsSaid(String line) {
        assertThatThrownBy(() -> UpArguments.parse(line.split(" ", -1))).isInstanceOf(StartException.class);
    }
}
