package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher on machines that lack something: a copy of it in a folder of its own, whose programs are scripts of this test.
 *
 * <p>Nothing of the machine that the test runs on is found: the folders where JDKs usually are lie below the test's folder in the
 * copy.
 */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "..", "baigong");

    /** What the launcher itself calls; no JDK, no Node. */
    private static final List<String> TOOLS =
            List.of("bash", "env", "dirname", "readlink", "sed", "find", "touch", "mv", "mkdir", "id", "git");

    @TempDir
    Path root;

    private Path tree;
    private Path programs;

    @BeforeEach
    void emptyMachine() throws Exception {
        tree = Files.createDirectories(root.resolve("tree"));
        programs = Files.createDirectories(root.resolve("bin"));
        script(
                tree.resolve("baigong"),
                Files.readString(LAUNCHER).replaceAll("(?<=[ (\\[])/(?=usr/lib|usr/libexec|opt)", root + "/"));
        for (String tool : TOOLS) {
            Path found = found(tool);
            if (found != null) {
                Files.createSymbolicLink(programs.resolve(tool), found);
            }
        }
    }

    @Test
    void aMissingJdkIsNamedWithTheWayToGetOne() throws Exception {
        Answer answer = launch("up");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.text())
                .startsWith("baigong: JDK 25 or newer is needed")
                .contains("adoptium.net", "JAVA_HOME");
    }

    @Test
    void anOlderJdkIsPassedOver() throws Exception {
        Path old = jdk("old", 17);
        assertThat(launch("up", "JAVA_HOME=" + old).text()).startsWith("baigong: JDK 25 or newer is needed");
        jdk("usr/lib/jvm/temurin-25-jdk", 25);
        assertThat(launch("up", "JAVA_HOME=" + old).text()).startsWith("baigong: Node 20 or newer");
    }

    @Test
    void aJdkWithoutACompilerIsPassedOver() throws Exception {
        Files.delete(jdk("usr/lib/jvm/temurin-25-jre", 25).resolve("bin/javac"));
        assertThat(launch("up").text()).startsWith("baigong: JDK 25 or newer is needed");
    }

    @Test
    void anOlderNodeIsNamedWithItsVersion() throws Exception {
        jdk("usr/lib/jvm/temurin-25-jdk", 25);
        script(programs.resolve("npm"), "#!/bin/sh\n");
        script(programs.resolve("node"), "#!/bin/sh\n[ \"$1\" = -p ] && echo 18 || echo v18.20.4\n");
        assertThat(launch("up").text()).contains("Node 20 or newer is needed", "this is Node v18.20.4");
    }

    @Test
    void aFailedBuildIsTriedAgainTheNextTime() throws Exception {
        machineThatBuilds();
        script(tree.resolve("mvnw"), "#!/bin/sh\necho no network >&2\nexit 1\n");
        Answer answer = launch("up");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.text()).contains("no network", "baigong: the build failed");
        assertThat(launch("up").text()).contains("baigong: the build failed");
    }

    @Test
    void builtOnceAndAgainOnlyWhenASourceIsNewer() throws Exception {
        machineThatBuilds();
        assertThat(launch("up", "--port", "8099").text()).contains("Building Baigong", "quarkus-run.jar --port 8099");
        assertThat(launch("up").text()).doesNotContain("Building Baigong").contains("quarkus-run.jar");
        Files.setLastModifiedTime(
                Files.writeString(tree.resolve("core/Changed.java"), "class Changed {}"),
                FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(launch("up").text()).contains("Building Baigong");
    }

    @Test
    void anArgumentWithSpacesStaysOne() throws Exception {
        machineThatBuilds();
        assertThat(launch("run", "a task", "my contract.pdf").text()).contains("[run][a task][my contract.pdf]");
    }

    /** A JDK, a Node, and a Maven wrapper that "builds". */
    private void machineThatBuilds() throws IOException {
        jdk("usr/lib/jvm/temurin-25-jdk", 25);
        script(programs.resolve("npm"), "#!/bin/sh\n");
        script(programs.resolve("node"), "#!/bin/sh\n[ \"$1\" = -p ] && echo 20 || echo v20.0.0\n");
        for (String source :
                List.of("core", "plugins/spi", "plugins/measures", "finance", "medical", "manufacturing", "ui")) {
            Files.createDirectories(tree.resolve(source));
        }
        Files.createDirectories(tree.resolve("deploy/app/target/quarkus-app"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        script(tree.resolve("mvnw"), "#!/bin/sh\ntouch deploy/app/target/quarkus-app/quarkus-run.jar || exit 1\n");
    }

    /** A JDK of that version in a folder below the test's: it says its version, or what it was called with. */
    private Path jdk(String folder, int version) throws IOException {
        Path home = Files.createDirectories(root.resolve(folder));
        Path bin = Files.createDirectories(home.resolve("bin"));
        script(bin.resolve("javac"), "#!/bin/sh\n");
        script(bin.resolve("java"), """
                #!/bin/sh
                [ "$1" = -XshowSettings:properties ] && { echo "    java.specification.version = %d" >&2; exit; }
                echo "$@"
                for each in "$@"; do printf '[%%s]' "$each"; done
                """.formatted(version));
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path found(String tool) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            Path file = Path.of(folder, tool);
            if (Files.isExecutable(file)) {
                return file.toAbsolutePath();
            }
        }
        return null;
    }

    /** What came of a call. */
    private record Answer(int status, String text) {}

    /** Calls the copy; arguments of the form {@code JAVA_HOME=folder} are its environment. */
    private Answer launch(String... arguments) throws Exception {
        var builder = new ProcessBuilder(tree.resolve("baigong").toString()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("HOME", root.resolve("home").toString());
        for (String argument : arguments) {
            if (argument.startsWith("JAVA_HOME=")) {
                builder.environment().put("JAVA_HOME", argument.substring("JAVA_HOME=".length()));
            } else {
                builder.command().add(argument);
            }
        }
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), text);
    }
}
