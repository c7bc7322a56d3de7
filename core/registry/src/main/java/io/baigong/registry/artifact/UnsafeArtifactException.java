package io.baigong.registry.artifact;

import java.io.IOException;

/** An artifact that is refused for what it is; the message names the cause. */
public final class UnsafeArtifactException extends IOException {
    private final String remedy;

    public UnsafeArtifactException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** What its sender can do. */
    public String remedy() {
        return remedy;
    }
}
