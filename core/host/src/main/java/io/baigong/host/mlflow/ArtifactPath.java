package io.baigong.host.mlflow;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a file of a run is, such as {@code model/weights.safetensors}. It is a key in the database and never a path of this machine; it
 * is checked nevertheless, for clients write what they fetch under such names.
 */
final class ArtifactPath {
    private static final int LONGEST = 500;

    /**
     * A step of a path. Without '%', so that what was encoded twice is none; without '\', ':', '#' and '?', which lead elsewhere on some
     * system or in a URI; and not beginning or ending with a blank or ending with a dot, which Windows passes over.
     */
    private static final Pattern STEP = Pattern.compile(
            "(?!\\.{1,2}$)[\\p{L}\\p{M}\\p{N}._@=+~,()\\[\\]{}&'!$;^ -]*[\\p{L}\\p{M}\\p{N}_@=+~,()\\[\\]{}&'!$;^-]");

    private ArtifactPath() {}

    /**
     * Lets a path pass.
     *
     * @throws MlflowException for one that is absolute, leads elsewhere, or is encoded twice
     */
    static String of(@Nullable String path) {
        if (path == null || path.isEmpty() || path.length() > LONGEST) {
            throw refused();
        }
        for (String step : path.split("/", -1)) {
            if (step.startsWith(" ") || !STEP.matcher(step).matches()) {
                throw refused();
            }
        }
        return path;
    }

    /** The same for a folder, where nothing means all files of the run. */
    static String folder(@Nullable String path) {
        return path == null || path.isEmpty() ? "" : of(path);
    }

    private static MlflowException refused() {
        return MlflowException.invalid(
                "Invalid path: a path is relative, of names joined with '/', without '..', '\\', ':', '%' or control characters,"
                        + " and has at most " + LONGEST + " characters.");
    }
}
