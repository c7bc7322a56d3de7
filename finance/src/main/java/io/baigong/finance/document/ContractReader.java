package io.baigong.finance.document;

import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a contract from a file of any size and content, in bounded time and memory.
 *
 * <p>Whatever is wrong with the file comes out as an {@link UnreadableDocument}: it is of nobody's use to the caller
 * that a parser overflowed its stack. Thread-safe.
 */
public final class ContractReader {
    private ContractReader() {}

    /**
     * Reads a contract.
     *
     * @param ocr asked for each page of a PDF that has no text layer
     */
    public static ContractDocument read(Attachment file, TextRecogniser ocr) throws UnreadableDocument {
        return read(file, ocr, Limits.STANDARD);
    }

    static ContractDocument read(Attachment file, TextRecogniser ocr, Limits limits) throws UnreadableDocument {
        byte[] bytes = load(file, limits);
        var deadline = new Deadline(limits.time(), limits.recognitionTime());
        try {
            Format format = FormatDetector.detect(bytes);
            List<String> notes = new ArrayList<>();
            if (!format.suits(file.name())) {
                notes.add("The file name ends as if it were another format; by its content it was read as "
                        + (format == Format.TEXT ? "plain text" : format) + ".");
            }
            ContractDocument document = switch (format) {
                case PDF -> PdfReader.read(file.name(), bytes, ocr, limits, deadline, notes);
                case DOCX -> DocxReader.read(file.name(), bytes, limits, deadline, notes);
                case HTML -> HtmlReader.read(file.name(), bytes, limits, deadline, notes);
                case TEXT -> TextReader.read(file.name(), bytes, limits, notes);
            };
            if (CleanText.letters(document.text()) == 0) {
                throw noText(format);
            }
            return document;
        } catch (Deadline.Expired e) {
            throw new UnreadableDocument(
                    ErrorCode.Resource.TIMEOUT,
                    "Reading the document was given up: " + e.getMessage() + ".",
                    "Split the document, or save it anew as a PDF with a text layer (“print to PDF”).",
                    e);
        } catch (ModelException e) {
            throw new UnreadableDocument(
                    e.code(),
                    "The document has no text layer and its pages could not be read by OCR: " + e.getMessage(),
                    "Give a PDF with a text layer, or ask the operator about the OCR model.",
                    e);
        } catch (StackOverflowError e) {
            throw new UnreadableDocument(
                    ErrorCode.User.HOSTILE,
                    "The document is nested too deeply to be read.",
                    "Open it in the program that made it and save or print it anew.",
                    e);
        } catch (OutOfMemoryError e) {
            throw new UnreadableDocument(
                    ErrorCode.Resource.EXHAUSTED,
                    "The document needs more memory than one review may take.",
                    "Split it, or save it anew with smaller pictures.",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableDocument(
                    ErrorCode.User.CORRUPT,
                    "The file is damaged or incomplete: " + message(e) + ".",
                    "Get the file again, or open it in the program that made it and save it anew.",
                    e);
        }
    }

    private static byte[] load(Attachment file, Limits limits) throws UnreadableDocument {
        try {
            long size = Files.size(file.file());
            if (size == 0) {
                throw new UnreadableDocument(
                        ErrorCode.User.EMPTY,
                        "The file is empty (0 bytes).",
                        "Check the upload and send the file again.");
            }
            if (size <= limits.fileBytes()) {
                try (var in = Files.newInputStream(file.file())) {
                    byte[] bytes = in.readNBytes(limits.fileBytes() + 1);
                    if (bytes.length <= limits.fileBytes()) {
                        return bytes;
                    }
                }
            }
            throw new UnreadableDocument(
                    ErrorCode.User.TOO_LARGE,
                    "The file has " + size / (1 << 20) + " MiB; at most " + limits.fileBytes() / (1 << 20)
                            + " MiB are read.",
                    "Split the document, or save it anew with smaller pictures.");
        } catch (IOException e) {
            throw new UnreadableDocument(
                    ErrorCode.Internal.FAULT,
                    "The stored file could not be read: " + message(e) + ".",
                    "Try again; if it happens again, tell the operator.",
                    e);
        }
    }

    static UnreadableDocument tooMuchText(Limits limits) {
        return new UnreadableDocument(
                ErrorCode.User.TOO_LARGE,
                "The document has more than " + limits.textUnits() + " characters of text.",
                "Split the document and review the parts.");
    }

    private static UnreadableDocument noText(Format format) {
        return new UnreadableDocument(
                ErrorCode.User.NO_TEXT,
                "There is no text in the document.",
                format == Format.PDF
                        ? "If it is a scan, scan it again with more contrast at 200 to 300 dpi."
                        : "Check that it is the right file.");
    }

    private static String message(Throwable e) {
        String message = e.getMessage();
        String said = message == null ? e.getClass().getSimpleName() : CleanText.of(message);
        return said.length() > 200 ? said.substring(0, 200) + "…" : said.replaceAll("[.\\s]+$", "");
    }
}
