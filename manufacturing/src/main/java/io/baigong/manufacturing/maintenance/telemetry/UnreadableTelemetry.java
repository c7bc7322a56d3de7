package io.baigong.manufacturing.maintenance.telemetry;

import io.baigong.spi.ErrorCode;

/** A file of machine data that can't be used, with what its sender can do about it. */
public final class UnreadableTelemetry extends Exception {
    private final ErrorCode code;
    private final String remedy;

    public UnreadableTelemetry(ErrorCode code, String detail, String remedy) {
        super(detail);
        this.code = code;
        this.remedy = remedy;
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }
}
