package io.baigong.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test vectors of docs/audit-format.md, which were made by another program than ours. */
class AuditFormatTest {
    @TempDir
    Path folder;

    @Test
    void theVectorsOfTheFormatAreVerified() throws IOException {
        String text = Files.readString(Path.of("../../docs/audit-format.md"));
        for (String name : List.of(ExportedLog.ENTRIES, ExportedLog.HASHES, ExportedLog.HEAD, ExportedLog.KEY)) {
            var block = Pattern.compile("`" + Pattern.quote(name) + "`:\n\n```text\n(.*?\n)```", Pattern.DOTALL)
                    .matcher(text);
            assertThat(block.find()).as(name).isTrue();
            Files.writeString(folder.resolve(name), block.group(1));
        }
        Files.writeString(folder.resolve(ExportedLog.FORMAT), ExportedLog.FORMAT_TEXT);

        try (var log = ExportedLog.open(folder)) {
            var result = LogVerifier.verify(log, VerifierKey.parse(log.key()), List.of(), _ -> {});
            assertThat(result.tampering()).isEmpty();
            assertThat(result.entries()).isEqualTo(3);
        }
    }
}
