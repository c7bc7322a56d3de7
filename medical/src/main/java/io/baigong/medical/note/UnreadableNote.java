package io.baigong.medical.note;

import io.baigong.spi.ErrorCode;

/** A file that holds no note that can be read; says why and what to do, and nothing of what it holds. */
public final class UnreadableNote extends Exception {
    private final ErrorCode.User code;
    private final String remedy;

    public UnreadableNote(ErrorCode.User code, String detail, String remedy) {
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
