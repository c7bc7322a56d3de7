package io.baigong.finance.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example in the guide is one that works. */
class PlaybookGuideTest {
    @Test
    void theGuidesExampleIsAPlaybook() throws Exception {
        String guide = Files.readString(Path.of("../docs/playbooks.md"));
        int start = guide.indexOf("```yaml") + "```yaml".length();
        String example = guide.substring(start, guide.indexOf("```", start));
        Playbook playbook = PlaybookReader.read(example.getBytes(StandardCharsets.UTF_8));
        assertThat(playbook.name()).isEqualTo("house-services");
        assertThat(playbook.rules()).extracting(Rule::id).containsExactly("LAW", "NOTICE", "AUDIT", "EXIT", "ONE-LAW");
    }
}
