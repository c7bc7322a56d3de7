package io.baigong.gateway.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is kept to in a tenant's calls, as its operator says it; what is said of each part stands at {@link GuardConfig}.
 *
 * @param blockedTopics phrases by topic
 */
public record GuardSettings(
        Set<String> zones,
        boolean maskPersonalData,
        OptionalInt maxPromptCharacters,
        Map<String, List<String>> blockedTopics,
        Set<String> guardrails,
        boolean checkSchema,
        Optional<String> labelProducer) {
    /** Names what can't be there, so that a tenant whose settings were lost is not left without. */
    public static final GuardSettings UNREADABLE = new GuardSettings(
            Set.of(), false, OptionalInt.empty(), Map.of(), Set.of("(unreadable)"), false, Optional.empty());

    private static final int MOST_PRODUCER = 200;

    /** What is missing is off. Throws {@link IllegalArgumentException} that says which part can't be used. */
    public GuardSettings {
        zones = zones == null ? Set.of() : Set.copyOf(zones);
        maxPromptCharacters = maxPromptCharacters == null ? OptionalInt.empty() : maxPromptCharacters;
        blockedTopics = blockedTopics == null ? Map.of() : Map.copyOf(blockedTopics);
        guardrails = guardrails == null ? Set.of() : Set.copyOf(guardrails);
        labelProducer = labelProducer == null ? Optional.empty() : labelProducer.filter(name -> !name.isBlank());
        if (maxPromptCharacters.isPresent() && maxPromptCharacters.getAsInt() < 1) {
            throw new IllegalArgumentException("maxPromptCharacters is 1 at least");
        }
        if (labelProducer.filter(name -> name.length() > MOST_PRODUCER).isPresent()) {
            throw new IllegalArgumentException("labelProducer has at most " + MOST_PRODUCER + " characters");
        }
    }

    /** Lower-case hex SHA-256 that is equal for equal settings. */
    String digest() {
        try {
            byte[] json = Texts.JSON.writeValueAsBytes(List.of(
                    new TreeSet<>(zones),
                    maskPersonalData,
                    maxPromptCharacters.orElse(0),
                    new TreeMap<>(blockedTopics),
                    new TreeSet<>(guardrails),
                    checkSchema,
                    labelProducer.orElse("")));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("these are texts and numbers, and every Java has SHA-256", e);
        }
    }

    /** Those of the configuration, with the file of topics read. */
    public static GuardSettings of(GuardConfig config) {
        return new GuardSettings(
                config.zones().orElse(Set.of()),
                config.maskPersonalData(),
                config.maxPromptCharacters(),
                config.blockedTopics().map(BlockedTopics::read).orElse(Map.of()),
                config.guardrails().orElse(Set.of()),
                config.checkSchema(),
                config.labelProducer());
    }
}
