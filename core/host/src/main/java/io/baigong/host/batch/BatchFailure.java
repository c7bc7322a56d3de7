package io.baigong.host.batch;

/** Why a record has no answer. */
public record BatchFailure(String code, String detail, String remedy) {}
