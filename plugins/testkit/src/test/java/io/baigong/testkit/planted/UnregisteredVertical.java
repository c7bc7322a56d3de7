package io.baigong.testkit.planted;

/** Sound, but not named in {@code META-INF/services}. */
public final class UnregisteredVertical extends PlantedVertical {}
