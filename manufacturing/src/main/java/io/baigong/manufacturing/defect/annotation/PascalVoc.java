package io.baigong.manufacturing.defect.annotation;

import io.baigong.manufacturing.defect.annotation.AnnotatedPicture.Marked;
import io.baigong.measures.Box;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * Pascal VOC's XML, a file a picture (Everingham et al. 2010, doi 10.1007/s11263-009-0275-4). Its pixels count from 1 and both
 * ends belong to a box, so {@code xmin} 1 is the left edge 0.
 */
public final class PascalVoc {
    private static final int MAX_BOXES = 100_000;

    private PascalVoc() {}

    /** Reads a file. Throws {@link IOException} that says what is missing. */
    public static AnnotatedPicture read(byte[] xml) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return read(factory.createXMLStreamReader(new ByteArrayInputStream(xml)));
        } catch (XMLStreamException | IllegalArgumentException e) {
            throw new IOException("a Pascal VOC file can't be read: " + e.getMessage(), e);
        }
    }

    private static AnnotatedPicture read(XMLStreamReader in) throws XMLStreamException, IOException {
        String file = "";
        int width = 0;
        int height = 0;
        var boxes = new ArrayList<Marked>();
        String label = "";
        double[] edges = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        boolean inObject = false;
        boolean inPart = false;
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (in.getLocalName()) {
                    case "object" -> inObject = true;
                    case "part" -> inPart = true;
                    case "filename" -> file = in.getElementText().strip();
                    case "width" -> width = Integer.parseInt(in.getElementText().strip());
                    case "height" ->
                        height = Integer.parseInt(in.getElementText().strip());
                    case "name" ->
                        label = inObject && !inPart ? in.getElementText().strip() : label;
                    case "xmin" -> edges[0] = inPart ? edges[0] : number(in) - 1;
                    case "ymin" -> edges[1] = inPart ? edges[1] : number(in) - 1;
                    case "xmax" -> edges[2] = inPart ? edges[2] : number(in);
                    case "ymax" -> edges[3] = inPart ? edges[3] : number(in);
                    default -> {}
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && in.getLocalName().equals("part")) {
                inPart = false;
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && in.getLocalName().equals("object")) {
                if (label.isEmpty() || boxes.size() == MAX_BOXES) {
                    throw new IOException("a Pascal VOC object has no name, or there are over " + MAX_BOXES);
                }
                boxes.add(new Marked(label, new Box(edges[0], edges[1], edges[2], edges[3])));
                label = "";
                java.util.Arrays.fill(edges, Double.NaN);
                inObject = false;
            }
        }
        if (width < 1 || height < 1) {
            throw new IOException("a Pascal VOC file names no width and height");
        }
        return new AnnotatedPicture(file, width, height, boxes);
    }

    /** Writes a picture's file; edges are rounded to whole pixels. */
    public static String write(AnnotatedPicture picture) {
        var text = new StringWriter();
        try {
            XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            out.writeStartElement("annotation");
            element(out, "filename", picture.file());
            out.writeStartElement("size");
            element(out, "width", String.valueOf(picture.width()));
            element(out, "height", String.valueOf(picture.height()));
            out.writeEndElement();
            for (Marked each : picture.boxes()) {
                out.writeStartElement("object");
                element(out, "name", each.label());
                out.writeStartElement("bndbox");
                element(out, "xmin", String.valueOf(Math.round(each.box().left()) + 1));
                element(out, "ymin", String.valueOf(Math.round(each.box().top()) + 1));
                element(out, "xmax", String.valueOf(Math.round(each.box().right())));
                element(out, "ymax", String.valueOf(Math.round(each.box().bottom())));
                out.writeEndElement();
                out.writeEndElement();
            }
            out.writeEndElement();
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("text in memory can always be written", e);
        }
        return text.toString();
    }

    private static void element(XMLStreamWriter out, String name, String content) throws XMLStreamException {
        out.writeStartElement(name);
        out.writeCharacters(content);
        out.writeEndElement();
    }

    private static double number(XMLStreamReader in) throws XMLStreamException {
        return Double.parseDouble(in.getElementText().strip());
    }
}
