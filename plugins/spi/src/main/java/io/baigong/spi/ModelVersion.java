package io.baigong.spi;

/**
 * Exactly which model answered.
 *
 * @param role the role that it filled
 * @param sha256 lower-case hex digest over its files; empty for a remote model
 * @param parameters number of trained numbers; 0 when unknown
 */
public record ModelVersion(String role, String name, String version, String sha256, long parameters) {}
