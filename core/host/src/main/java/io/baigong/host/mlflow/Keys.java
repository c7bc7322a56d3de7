package io.baigong.host.mlflow;

import io.baigong.journal.Storable;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and texts that clients give, within the bounds of MLflow's own server (mlflow/utils/validation.py). */
final class Keys {
    private static final int LONGEST_KEY = 250;
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_TEXT = 8_000;

    /** Letters and digits of any script; MLflow's own are {@code [/\w.\- :]}. */
    private static final Pattern PLAIN = Pattern.compile("[/\\w.\\- :]+", Pattern.UNICODE_CHARACTER_CLASS);

    private Keys() {}

    /** The name of a metric, parameter or tag. */
    static String key(String what, @Nullable String key) {
        if (key == null || key.isBlank()) {
            throw MlflowException.invalid("a " + what + " needs a key");
        }
        if (key.length() > LONGEST_KEY
                || !PLAIN.matcher(key).matches()
                || key.startsWith("/")
                || Arrays.stream(key.split("/", -1)).anyMatch(step -> step.equals(".") || step.equals(".."))) {
            throw MlflowException.invalid(
                    "the key of a " + what + " has at most " + LONGEST_KEY
                            + " characters: letters, digits, '_', '-', '.', ' ', ':' and '/', and is no path that leads elsewhere");
        }
        return key;
    }

    /** The name of an experiment, a run or an alias. */
    static String name(String what, @Nullable String name) {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw MlflowException.invalid(what + " needs a name of at most " + LONGEST_NAME + " characters");
        }
        return Storable.text(name);
    }

    /** A value of a parameter or tag, or a description; nothing is an empty one. */
    static String text(String what, @Nullable String text) {
        if (text != null && text.length() > LONGEST_TEXT) {
            throw MlflowException.invalid(what + " has at most " + LONGEST_TEXT + " characters");
        }
        return text == null ? "" : Storable.text(text);
    }
}
