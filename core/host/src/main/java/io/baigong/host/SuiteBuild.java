package io.baigong.host;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Which build of the suite this is, and what it runs on. */
public final class SuiteBuild {
    private static final Properties BUILD = read();

    private SuiteBuild() {}

    private static Properties read() {
        var build = new Properties();
        try (InputStream in = SuiteBuild.class.getResourceAsStream("build.properties")) {
            build.load(Objects.requireNonNull(in, "build.properties"));
        } catch (IOException e) {
            throw new IllegalStateException("the build's own description can't be read", e);
        }
        return build;
    }

    /** Such as {@code 0.1.0}. */
    public static String version() {
        return BUILD.getProperty("version");
    }

    /** The commit of its code, with {@code -dirty} where files were changed; empty where the build did not know. */
    public static Optional<String> commit() {
        return Optional.of(BUILD.getProperty("commit", "")).filter(commit -> !commit.isBlank());
    }

    /** Versions of the suite and Java, system and processor, such as {@code Baigong 0.1.0, JDK 25.0.1+8, Linux amd64}. */
    public static String environment() {
        return "Baigong %s, JDK %s, %s %s"
                .formatted(version(), Runtime.version(), System.getProperty("os.name"), System.getProperty("os.arch"));
    }
}
