package io.baigong.host.change;

import org.jspecify.annotations.Nullable;

/**
 * That something changed.
 *
 * @param tenant whose it is; null for what is the platform's
 * @param task of which task it is; null for none
 * @param subject its id; null for many of its kind
 */
public record Change(
        ChangeKind kind,
        @Nullable String tenant,
        @Nullable String task,
        @Nullable String subject) {}
