package io.baigong.gateway.guard;

import java.util.Optional;

/** Refuses whatever there is, for what should be kept to is not known. */
final class ClosedDoor implements Guardrail {
    @Override
    public String name() {
        return "closed";
    }

    @Override
    public Optional<String> refusal(Side side, String text) {
        return Optional.of(
                "What this tenant's calls keep to can't be used on this instance, so none pass; its operator finds why in the"
                        + " log.");
    }
}
