package io.baigong.gateway.guard;

import java.util.Locale;
import java.util.Optional;

/** A guardrail such as somebody else would bring. */
public final class Shouting implements Guardrail {
    @Override
    public String name() {
        return "shouting";
    }

    @Override
    public Optional<String> refusal(Side side, String text) {
        boolean loud =
                !text.isEmpty() && text.equals(text.toUpperCase(Locale.ROOT)) && Character.isLetter(text.charAt(0));
        return loud ? Optional.of("Do not shout.") : Optional.empty();
    }
}
