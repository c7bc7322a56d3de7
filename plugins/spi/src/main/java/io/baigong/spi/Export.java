package io.baigong.spi;

import java.io.IOException;
import java.io.OutputStream;

/** A format in which an output can be taken away. */
public interface Export<I extends Record, O extends Record> {
    /** Short name, such as {@code docx}; also the file name's extension. */
    String format();

    String mediaType();

    /** Whether this output can be written so, given its input. */
    boolean supports(I input, O output);

    void write(I input, O output, OutputStream target) throws IOException;
}
