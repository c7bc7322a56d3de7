package io.baigong.host.parquet;

/** A file is no Parquet file, or a damaged one. The message is for who sent it. */
public final class UnreadableParquet extends Exception {
    /** What they may do. */
    public static final String REMEDY =
            "Write it again, in row groups of at most 128 MiB, compressed by snappy, zstd, gzip or not.";

    UnreadableParquet(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
