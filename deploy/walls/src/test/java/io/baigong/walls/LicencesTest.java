package io.baigong.walls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that ships may be shipped under Apache-2.0's terms beside it: each library names a licence that allows it. */
class LicencesTest {
    @Test
    void everyLibraryHasALicenceThatWeMayShip() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<Path> jars = Stream.of(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> Files.exists(Licences.pomOf(path)))
                .toList();

        assertThat(jars).hasSizeGreaterThan(50);
        assertThat(jars.stream().flatMap(jar -> Licences.faults(Licences.pomOf(jar)).stream()))
                .isEmpty();
    }

    @Test
    void aPlantedLicenceIsSeen(@TempDir Path repository) throws IOException {
        assertThat(faults(repository, "gpl", "GNU General Public License, version 3"))
                .hasSize(1);
        assertThat(faults(repository, "agpl", "AGPL-3.0")).hasSize(1);
        assertThat(faults(repository, "unknown", "Ask the author")).hasSize(1);
        assertThat(faults(repository, "none")).hasSize(1);
        assertThat(faults(repository, "dual", "GPL-2.0", "The MIT License")).isEmpty();
        assertThat(faults(repository, "exception", "GPL2 w/ CPE")).isEmpty();
        assertThat(faults(repository, "free", "Apache License, Version 2.0")).isEmpty();
    }

    @Test
    void aLicenceIsInheritedFromTheParent(@TempDir Path repository) throws IOException {
        faults(repository, "parent", "AGPL-3.0");
        Path child = repository.resolve("planted/child/1/child-1.pom");
        Files.createDirectories(child.getParent());
        Files.writeString(child, """
                <project>
                  <parent><groupId>planted</groupId><artifactId>parent</artifactId><version>1</version></parent>
                  <artifactId>child</artifactId>
                </project>
                """);

        assertThat(Licences.faults(child)).singleElement().asString().contains("AGPL-3.0");
    }

    private static List<String> faults(Path repository, String artifact, String... licences) throws IOException {
        var list = new StringBuilder();
        Stream.of(licences)
                .forEach(name -> list.append("<license><name>").append(name).append("</name></license>"));
        Path pom = repository.resolve("planted/%1$s/1/%1$s-1.pom".formatted(artifact));
        Files.createDirectories(pom.getParent());
        Files.writeString(pom, """
                <project>
                  <groupId>planted</groupId>
                  <artifactId>%s</artifactId>
                  <version>1</version>
                  <licenses>%s</licenses>
                </project>
                """.formatted(artifact, list));
        return Licences.faults(pom);
    }
}
