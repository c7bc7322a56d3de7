package io.baigong.finance.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide's example is a playbook that loads. */
class PlaybookGuideTest {
    @Test
    void theExampleLoadsAndShowsEveryKindOfRule() throws IOException, InvalidPlaybook {
        String guide = Files.readString(Path.of("../docs/playbooks.md"));
        int start = guide.indexOf("```yaml\n") + "```yaml\n".length();
        String example = guide.substring(start, guide.indexOf("```", start));
        Playbook playbook = PlaybookReader.read(example.getBytes(StandardCharsets.UTF_8));
        assertThat(playbook.rules())
                .extracting(rule -> rule.condition().getClass().getSimpleName())
                .contains("Required", "Forbidden", "Allowed", "Limit", "Together", "Differing");
    }
}
