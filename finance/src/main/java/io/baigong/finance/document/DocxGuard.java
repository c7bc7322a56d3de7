package io.baigong.finance.document;

import io.baigong.spi.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Refuses a DOCX that would not fit into memory, or that declares entities, before POI builds trees from it. */
final class DocxGuard {
    private static final int MOST_ENTRIES = 5000;
    private static final int MOST_ELEMENTS = 1_500_000;
    /** The JDK's own limit for XML, {@code jdk.xml.maxElementDepth}, would stop POI next. */
    private static final int DEEPEST = 100;

    private static final long MOST_XML_BYTES = 64L << 20;
    private static final int EVENTS_BETWEEN_CHECKS = 4096;

    private final Limits limits;
    private final Deadline deadline;
    private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    private long inflated;
    private int elements;

    DocxGuard(Limits limits, Deadline deadline) {
        this.limits = limits;
        this.deadline = deadline;
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    }

    void check(byte[] docx) throws UnreadableDocument, IOException {
        boolean body = false;
        int entries = 0;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(docx))) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                if (++entries > MOST_ENTRIES) {
                    throw bomb("has more than " + MOST_ENTRIES + " parts");
                }
                String name = entry.getName().toLowerCase(Locale.ROOT);
                body |= name.equals("word/document.xml");
                boolean xml = name.endsWith(".xml") || name.endsWith(".rels");
                var part = new Part(zip, xml ? MOST_XML_BYTES : limits.inflatedBytes());
                if (xml) {
                    checkXml(part);
                }
                part.skipToEnd();
            }
        } catch (Overflow e) {
            throw bomb("inflates to more than it may");
        }
        if (!body) {
            throw new UnreadableDocument(
                    ErrorCode.User.CORRUPT,
                    "The Word document has no main part (word/document.xml); it is damaged or incomplete.",
                    "Get the file again, or open it in Word and save it anew.");
        }
    }

    private void checkXml(Part part) throws UnreadableDocument, IOException {
        int depth = 0;
        int events = 0;
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(part);
            while (xml.hasNext()) {
                if (++events % EVENTS_BETWEEN_CHECKS == 0) {
                    deadline.check();
                }
                switch (xml.next()) {
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw entities();
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth >= DEEPEST || ++elements > MOST_ELEMENTS) {
                            throw bomb(
                                    depth >= DEEPEST
                                            ? "is nested more than " + DEEPEST + " deep"
                                            : "has more than " + MOST_ELEMENTS + " elements");
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof Overflow overflow) {
                throw overflow;
            }
            if (String.valueOf(e.getMessage()).contains("JAXP000")) {
                throw bomb("goes beyond a limit of the XML parser");
            }
            // Not well-formed: POI says so if it needs the part.
        }
    }

    private static UnreadableDocument entities() {
        return new UnreadableDocument(
                ErrorCode.User.HOSTILE,
                "The Word document declares XML entities, as in an XML bomb; Word writes none.",
                "Open it in Word and save it anew.");
    }

    private static UnreadableDocument bomb(String what) {
        return new UnreadableDocument(
                ErrorCode.User.HOSTILE,
                "The Word document " + what + ", as in a decompression bomb.",
                "Open it in Word and save it anew, with smaller pictures.");
    }

    private static final class Overflow extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** One part of the archive: closing it leaves the archive open, and it yields no more than it may. */
    private final class Part extends FilterInputStream {
        private final long most;
        private long count;

        Part(InputStream zip, long most) {
            super(zip);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(Math.max(0, read));
            return read;
        }

        void skipToEnd() throws IOException {
            byte[] sink = new byte[8192];
            while (read(sink, 0, sink.length) >= 0) {
                deadline.check();
            }
        }

        private void count(int bytes) throws IOException {
            count += bytes;
            inflated += bytes;
            if (count > most || inflated > 2 * limits.inflatedBytes()) {
                throw new Overflow();
            }
        }

        @Override
        public void close() {}
    }
}
