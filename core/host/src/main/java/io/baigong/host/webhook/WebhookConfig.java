package io.baigong.host.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code baigong.webhooks.*}: who is told of what happens to models, by a name of its own. */
@ConfigMapping(prefix = "baigong.webhooks")
public interface WebhookConfig {
    @WithParentName
    Map<String, Target> targets();

    /** A program that is told. */
    interface Target {
        /** Where it listens, {@code https} or {@code http}. */
        URI url();

        /** What its messages are signed with: {@code whsec_} and Base64, or any text of 16 characters and more. */
        String secret();

        /** {@code registered}, {@code evaluated}, {@code approved}, {@code promoted}, {@code rolled-back}, {@code retired}; all if none is named. */
        Optional<Set<String>> events();
    }
}
