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

    /**
     * Writes it.
     *
     * @param run what people decided on it is with it, so that what they decided can stand for what was proposed
     */
    void write(Reviewed<I, O> run, OutputStream target) throws IOException;
}
