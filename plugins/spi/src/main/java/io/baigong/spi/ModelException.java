package io.baigong.spi;

/** A model could not answer; {@link #code} says whose fault it is. */
public final class ModelException extends RuntimeException {
    private final ErrorCode code;

    public ModelException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public ModelException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
