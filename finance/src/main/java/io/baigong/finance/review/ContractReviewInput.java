package io.baigong.finance.review;

import io.baigong.finance.playbook.ShippedPlaybook;
import io.baigong.spi.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * A contract to review.
 *
 * @param document PDF, DOCX, HTML or plain text
 * @param playbook a shipped playbook; {@code SERVICES_BUYING} when neither playbook is given
 * @param playbookFile the user's own playbook, YAML or JSON; goes before {@code playbook}
 * @param language {@code en} or {@code zh}: language of titles and reasons; English by default
 */
public record ContractReviewInput(
        Attachment document,
        @Nullable ShippedPlaybook playbook,
        @Nullable Attachment playbookFile,
        @Nullable String language) {}
