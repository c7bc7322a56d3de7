package io.baigong.manufacturing.defect.image;

import io.baigong.spi.ErrorCode;
import java.io.IOException;

/** A file is no picture that can be inspected; says why, and what its sender can do. */
public final class UnreadablePicture extends IOException {
    private final ErrorCode.User code;
    private final String remedy;

    public UnreadablePicture(ErrorCode.User code, String detail, String remedy) {
        super(detail);
        this.code = code;
        this.remedy = remedy;
    }

    public ErrorCode.User code() {
        return code;
    }

    public String remedy() {
        return remedy;
    }
}
