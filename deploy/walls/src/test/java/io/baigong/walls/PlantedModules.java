package io.baigong.walls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies of our modules' POMs with a dependency too many, put through Maven's {@code validate} phase in one offline run. Our own
 * modules stand in as empty jars in a local repository before the user's, so that nothing of ours need be installed.
 */
final class PlantedModules {
    private static final Pattern ARTIFACT = Pattern.compile("(</parent>\\s*<artifactId>)[^<]+");
    private static final Pattern PARENT = Pattern.compile("<relativePath>[^<]*</relativePath>");
    private static final Pattern MODULE = Pattern.compile("\\s<module>([^<]+)</module>");
    private static final Pattern FAILURE =
            Pattern.compile("on project ([^:\\s]+):(.*?)(?=Failed to execute goal|\\z)", Pattern.DOTALL);

    private final Path root;
    private final Path folder;
    private final Path repository;
    private final String version;
    private final List<String> names = new ArrayList<>();

    /** Begins with an empty {@code folder}, which must lie inside of the project. */
    PlantedModules(Path root, Path folder, String version) throws IOException {
        this.root = root;
        this.folder = folder;
        this.version = version;
        repository = folder.resolve("repository");
    }

    /** The folders of our modules, as the root POM lists them. */
    List<String> modules() throws IOException {
        return MODULE.matcher(Files.readString(root.resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Plants a changed copy of a module's POM, named {@code name}. */
    void plant(String name, String module, PomChange change) throws IOException {
        Path pom = folder.resolve(name).resolve("pom.xml");
        Files.createDirectories(pom.getParent());
        String text = Files.readString(root.resolve(module).resolve("pom.xml"));
        String changed = change.of(text);
        String parent = "<relativePath>" + pom.getParent().relativize(root.resolve("pom.xml")) + "</relativePath>";
        changed = PARENT.matcher(changed).replaceFirst(Matcher.quoteReplacement(parent));
        changed = ARTIFACT.matcher(changed).replaceFirst("$1" + Matcher.quoteReplacement(name));
        Files.writeString(pom, changed);
        names.add(name);
    }

    /** Puts an empty jar with these dependencies into the stand-in repository. */
    void standIn(String group, String artifact, String itsVersion, String dependencies) throws IOException {
        Path home =
                repository.resolve(group.replace('.', '/')).resolve(artifact).resolve(itsVersion);
        Files.createDirectories(home);
        Files.writeString(home.resolve(artifact + "-" + itsVersion + ".pom"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                  <dependencies>%s</dependencies>
                </project>
                """.formatted(
                        group, artifact, itsVersion, dependencies));
        jar(home.resolve(artifact + "-" + itsVersion + ".jar"));
    }

    /** Puts an empty jar of its tests beside it. */
    void standInTests(String group, String artifact, String itsVersion) throws IOException {
        jar(repository
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(itsVersion)
                .resolve(artifact + "-" + itsVersion + "-tests.jar"));
    }

    private static void jar(Path file) throws IOException {
        try (OutputStream jar = Files.newOutputStream(file)) {
            new JarOutputStream(jar).close();
        }
    }

    /** Runs Maven; what went wrong, by planted module. Those that went well are not named. */
    Map<String, String> failures(Path localRepository) throws IOException, InterruptedException {
        var list = new StringBuilder();
        names.forEach(name -> list.append("<module>").append(name).append("</module>"));
        Files.writeString(folder.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>io.baigong.planted</groupId>
                  <artifactId>planted</artifactId>
                  <version>%s</version>
                  <packaging>pom</packaging>
                  <modules>%s</modules>
                </project>
                """.formatted(version, list));
        Path log = folder.resolve("maven.log");
        var builder = new ProcessBuilder(
                        root.resolve("mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-o",
                        "-fae",
                        "-Dstyle.color=never",
                        "-Dmaven.repo.local=" + repository,
                        "-Dmaven.repo.local.tail=" + localRepository,
                        "-f",
                        folder.resolve("pom.xml").toString(),
                        "validate")
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process maven = builder.start();
        if (!maven.waitFor(5, TimeUnit.MINUTES)) {
            maven.destroyForcibly();
            throw new IOException("Maven took more than five minutes; see " + log);
        }
        String output = Files.readString(log);
        if (!output.contains("Reactor Summary")) {
            throw new IOException("Maven did not come to its modules:\n" + output);
        }
        var failures = new HashMap<String, String>();
        Matcher matcher = FAILURE.matcher(output);
        while (matcher.find()) {
            failures.merge(matcher.group(1), matcher.group(2), String::concat);
        }
        return failures;
    }

    /** Changes the text of a POM. */
    @FunctionalInterface
    interface PomChange {
        String of(String pom);

        /** Leaves it as it is. */
        static PomChange none() {
            return pom -> pom;
        }

        /** Adds a dependency before all others. */
        static PomChange add(String group, String artifact, String version, String scope) {
            String dependency =
                    "<dependency><groupId>%s</groupId><artifactId>%s</artifactId>%s<scope>%s</scope></dependency>"
                            .formatted(
                                    group,
                                    artifact,
                                    version.isEmpty() ? "" : "<version>" + version + "</version>",
                                    scope);
            return pom -> pom.contains("<dependencies>")
                    ? pom.replaceFirst("<dependencies>", Matcher.quoteReplacement("<dependencies>" + dependency))
                    : pom.replace("</project>", "<dependencies>" + dependency + "</dependencies></project>");
        }
    }
}
