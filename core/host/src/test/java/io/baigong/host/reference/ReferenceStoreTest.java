package io.baigong.host.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.host.trial.WordList;
import io.baigong.spi.Edition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceStoreTest {
    @TempDir
    Path folder;

    private ReferenceStore store;

    @BeforeEach
    void open() {
        store = new ReferenceStore(folder.resolve("references"));
    }

    private Edition add(String text, @Nullable String name, boolean replace)
            throws IOException, ReferenceStore.Refused {
        Path file = Files.writeString(folder.resolve("words.txt"), text);
        return store.add(
                "trial", new WordList(), List.of(file), new ReferenceStore.Wanted("words", name, null, null, replace));
    }

    private String content(Edition edition) throws IOException {
        try (var in = store.of("trial").open(edition)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("references"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void editionsStandSideBySideInTheOrderInWhichTheyCameIntoForce() throws Exception {
        assertThat(store.of("trial").editions()).isEmpty();
        Edition second = add("#2\nc\n", null, false);
        Edition first = add("a\nb\n", "1", false);
        assertThat(store.of("trial").editions()).containsExactly(first, second);
        assertThat(first).extracting(Edition::entries, Edition::from).containsExactly(2, null);
        assertThat(second.from()).isEqualTo(LocalDate.of(2020, 10, 1));
        assertThat(content(first)).isEqualTo("a\nb\n");
        assertThat(content(second)).isEqualTo("c\n");
        assertThat(store.of("other").editions()).isEmpty();
    }

    @Test
    void anEditionIsAsOpenAsOtherFiles() throws Exception {
        add("a\nb\n", "1", false);
        assertThat(Files.getPosixFilePermissions(files().getFirst()))
                .isEqualTo(Files.getPosixFilePermissions(folder.resolve("words.txt")));
    }

    @Test
    void anImportThatBreaksHalfWayLeavesWhatWasThere() throws Exception {
        Edition first = add("a\nb\n", "1", false);
        assertThatThrownBy(() -> add("x\n!\n", "1", true)).hasMessage("words.txt is broken, line 2");
        assertThatThrownBy(() -> add("x\n!\n", "2", false)).isInstanceOf(IOException.class);
        assertThat(store.of("trial").editions()).containsExactly(first);
        assertThat(content(first)).isEqualTo("a\nb\n");
        assertThat(files()).hasSize(1);
    }

    @Test
    void onlyWhoSaysSoReplaces() throws Exception {
        Edition first = add("a\n", "1", false);
        assertThatThrownBy(() -> add("b\n", "1", false))
                .isInstanceOf(ReferenceStore.Refused.class)
                .hasMessageContaining("--replace");
        assertThatThrownBy(() -> add("#1\nb\n", null, false)).isInstanceOf(ReferenceStore.Refused.class);
        assertThat(content(first)).isEqualTo("a\n");
        Edition other = add("b\n", "1", true);
        assertThat(store.of("trial").editions()).containsExactly(other);
        assertThat(content(other)).isEqualTo("b\n");
        assertThatThrownBy(() -> content(first)).hasMessageContaining("not what was imported");
    }

    @Test
    void whatWasRemovedIsGone() throws Exception {
        Edition first = add("a\n", "国临3.0", false);
        store.remove("trial", "words", "国临3.0");
        assertThat(store.of("trial").editions()).isEmpty();
        assertThatThrownBy(() -> content(first)).hasMessageContaining("any more");
        assertThatThrownBy(() -> store.remove("trial", "words", "国临3.0")).isInstanceOf(ReferenceStore.Refused.class);
    }

    @Test
    void aFileThatWasTamperedWithIsNotRead() throws Exception {
        Edition first = add("a\n", "1", false);
        Path file = files().getFirst();
        Files.writeString(file, Files.readString(file).replace("a\n", "b\n"));
        assertThatThrownBy(() -> content(first)).hasMessageContaining("import it again");
        Files.writeString(file, "no edition at all");
        assertThat(store.of("trial").editions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "a/b", "a\\b", ".x", "x.", "a b", "a\nb"})
    void namesAreNoPaths(String name) {
        assertThatThrownBy(() -> add("a\n", name, false)).isInstanceOf(ReferenceStore.Refused.class);
        assertThatThrownBy(() -> store.remove("trial", name, "1")).isInstanceOf(ReferenceStore.Refused.class);
        assertThatThrownBy(() -> store.remove("trial", "words", name)).isInstanceOf(ReferenceStore.Refused.class);
    }

    @Test
    void anEditionWithoutANameOrWithDaysInTheWrongOrderIsRefused() throws IOException {
        assertThatThrownBy(() -> add("a\n", null, false)).hasMessageContaining("--edition");
        Path file = Files.writeString(folder.resolve("words.txt"), "#1\na\n");
        var wanted = new ReferenceStore.Wanted("words", null, null, LocalDate.of(2020, 9, 30), false);
        assertThatThrownBy(() -> store.add("trial", new WordList(), List.of(file), wanted))
                .isInstanceOf(ReferenceStore.Refused.class)
                .hasMessageContaining("--until");
        var nameless = new ReferenceStore.Wanted(null, null, null, null, false);
        assertThatThrownBy(() -> store.add("trial", new WordList(), List.of(file), nameless))
                .hasMessageContaining("--system");
    }
}
