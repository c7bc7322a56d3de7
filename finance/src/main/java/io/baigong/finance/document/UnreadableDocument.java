package io.baigong.finance.document;

import io.baigong.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A file can't be read as a contract; says why, and what its sender can do. */
public final class UnreadableDocument extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ErrorCode code;
    private final String detail;
    private final String remedy;

    UnreadableDocument(ErrorCode code, String detail, String remedy) {
        this(code, detail, remedy, null);
    }

    UnreadableDocument(ErrorCode code, String detail, String remedy, @Nullable Throwable cause) {
        super(detail + " " + remedy, cause);
        this.code = code;
        this.detail = detail;
        this.remedy = remedy;
    }

    public ErrorCode code() {
        return code;
    }

    /** The cause, one sentence. */
    public String detail() {
        return detail;
    }

    /** What to do about it, one sentence. */
    public String remedy() {
        return remedy;
    }
}
