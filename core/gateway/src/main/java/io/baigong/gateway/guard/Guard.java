package io.baigong.gateway.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.compute.text.PersonalData;
import io.baigong.gateway.guard.Guardrail.Side;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** What is kept to in the calls of one tenant. Thread-safe. */
public final class Guard {
    private final PersonalData personalData;
    private final Set<String> zones;
    private final boolean masks;
    private final OptionalInt maxCharacters;
    private final List<Guardrail> rails;
    private final boolean checksSchema;
    private final Optional<String> producer;
    private final String digest;

    /**
     * Throws {@link IllegalArgumentException} when the settings can't be used.
     *
     * @param personalData what is masked
     * @param plugged guardrails on the class path
     */
    Guard(GuardSettings settings, PersonalData personalData, List<Guardrail> plugged) {
        this(Guards.rails(settings, plugged), settings, personalData);
    }

    private Guard(List<Guardrail> rails, GuardSettings settings, PersonalData personalData) {
        this.personalData = personalData;
        this.zones = settings.zones();
        this.masks = settings.maskPersonalData();
        this.maxCharacters = settings.maxPromptCharacters();
        this.rails = rails;
        this.checksSchema = settings.checkSchema();
        this.producer = settings.labelProducer();
        this.digest = settings.digest();
    }

    /** Lets nothing pass, in the place of settings that can't be used here. */
    static Guard closed(GuardSettings settings, PersonalData personalData) {
        return new Guard(List.of(new ClosedDoor()), settings, personalData);
    }

    /** Zones that texts may go to; every zone if there is none. */
    public Set<String> zones() {
        return zones;
    }

    /** Of its settings: what one guard let pass, another need not. */
    public String digest() {
        return digest;
    }

    /** Whether {@link #check} has anything to look for. */
    public boolean looksAtQuestions() {
        return maxCharacters.isPresent() || !rails.isEmpty();
    }

    /** Whether something is done with texts, so that none may pass that is not looked at. */
    public boolean looksAtTexts() {
        return masks || looksAtQuestions();
    }

    /**
     * Looks at a question before it goes anywhere.
     *
     * @throws Refused when it may not be asked
     * @throws IOException when it is no JSON
     */
    public void check(byte[] request) throws IOException, Refused {
        JsonNode question = Texts.JSON.readTree(request);
        List<String> texts = Texts.in(question);
        long characters = texts.stream().mapToLong(String::length).sum();
        if (maxCharacters.isPresent() && characters > maxCharacters.getAsInt()) {
            throw new Refused(
                    Refused.Reason.TOO_LONG,
                    "The question has " + characters + " characters; this tenant's may have " + maxCharacters.getAsInt()
                            + ".");
        }
        CallGuard.check(rails, Side.QUESTION, texts);
    }

    /**
     * What is done with the texts of a call; empty if they pass as they are.
     *
     * @param masked whether the server must not see personal data
     * @param text whether the answer will be text
     */
    public Optional<CallGuard> call(boolean masked, boolean text) {
        boolean masking = masks || masked;
        boolean looks = text && (!rails.isEmpty() || checksSchema || producer.isPresent());
        if (!masking && !looks) {
            return Optional.empty();
        }
        ContentLabel label = text && producer.isPresent()
                ? new ContentLabel(producer.get(), UUID.randomUUID().toString())
                : null;
        return Optional.of(new CallGuard(
                masking ? new Masking(personalData) : null, text ? rails : List.of(), text && checksSchema, label));
    }
}
