package io.baigong.journal;

import org.jspecify.annotations.Nullable;

/**
 * On what occasion something was asked for, as its caller says.
 *
 * @param purpose what the answer is for, such as {@code credit-decision}
 * @param correlation id of what it belongs to in the caller's systems
 */
public record Occasion(@Nullable String purpose, @Nullable String correlation) {
    /** Nothing is known of it. */
    public static final Occasion NONE = new Occasion(null, null);

    /** With texts that the journal can keep. */
    Occasion storable() {
        return new Occasion(storable(purpose), storable(correlation));
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : Storable.text(text);
    }
}
