package io.baigong.journal;

/**
 * A file that a run was given; its bytes are kept once per digest.
 *
 * @param component the input record's component that it filled
 * @param name as its sender named it
 * @param mediaType by its first bytes, never by its sender's word
 * @param sha256 lower-case hex
 */
public record StoredAttachment(String component, String name, String mediaType, String sha256, long bytes) {}
