package io.baigong.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceCommandsTest {
    private static final String FOLDER = "baigong.references.folder";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void home() {
        System.setProperty(FOLDER, folder.resolve("references").toString());
    }

    @AfterEach
    void away() {
        System.clearProperty(FOLDER);
    }

    private int baigong(String... args) {
        return Baigong.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("words.txt"), text).toString();
    }

    @Test
    void importsListsAndRemoves() throws IOException {
        assertThat(baigong("trial", "list")).isZero();
        assertThat(out.toString()).contains("nothing was imported; see ./baigong trial import --help");
        assertThat(baigong(
                        "trial",
                        "import",
                        "words",
                        file("a\nb\n"),
                        "--system",
                        "verbs",
                        "--edition",
                        "2021",
                        "--from",
                        "2020-10-01",
                        "--until",
                        "2021-09-30"))
                .isZero();
        String line = "verbs 2021  2 entries, in force from 2020-10-01 until 2021-09-30";
        assertThat(out.toString()).contains(line);
        assertThat(baigong("trial", "list", "--json", "-")).isZero();
        assertThat(out.toString()).contains("\"until\" : \"2021-09-30\"");
        assertThat(baigong("trial", "remove", "verbs", "2021")).isZero();
        assertThat(baigong("trial", "remove", "verbs", "2021")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no edition 2021 of verbs");
    }

    @Test
    void whatCantBeImportedIsSaid() throws IOException {
        assertThat(baigong("trial", "import", "verbs", file("a\n"))).isEqualTo(2);
        assertThat(err.toString()).contains("the formats are words");
        assertThat(baigong("trial", "import", "words", file("a\n"), file("a\n")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("words takes WORDS, in this order");
        assertThat(baigong("trial", "import", "words", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(baigong("trial", "import", "words", file("!\n"), "--system", "verbs", "--edition", "1"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("words.txt is broken, line 1; nothing was changed");
        assertThat(baigong("trial", "import", "words", file("a\n"), "--from", "yesterday"))
                .isEqualTo(2);
        assertThat(baigong("trial")).isEqualTo(2);
    }

    @Test
    void helpNamesTheFormats() {
        assertThat(baigong("trial", "import", "--help")).isZero();
        assertThat(out.toString()).contains("words WORDS", "one a line");
    }
}
