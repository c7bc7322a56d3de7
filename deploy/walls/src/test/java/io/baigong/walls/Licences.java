package io.baigong.walls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Reads licences from the POMs of a local Maven repository. */
final class Licences {
    /** Names under which libraries state a licence that lets us ship them; of several licences we may choose one. */
    private static final Pattern FREE = Pattern.compile(
            "apache|\\bmit\\b|\\bmit-0|bsd|eclipse|\\bepl\\b|\\bedl\\b|mozilla|\\bmpl\\b|cddl|lesser general|\\blgpl|public domain"
                    + "|cc0|\\bisc\\b|unicode|\\bicu\\b|universal permissive|classpath|w/ ?cpe|bouncy castle|postgresql|indiana"
                    + "|go license|\\bedl\\b|asl 2",
            Pattern.CASE_INSENSITIVE);

    private Licences() {}

    /** Where the POM of a jar in a local repository lies; of a jar with a classifier, the one of its artifact. */
    static Path pomOf(Path jar) {
        Path version = jar.toAbsolutePath().getParent();
        Path artifact = version.getParent();
        return version.resolve(
                artifact == null ? "none" : artifact.getFileName() + "-" + version.getFileName() + ".pom");
    }

    /** Says what is wrong with the licences of this POM, or nothing. */
    static List<String> faults(Path pom) {
        List<String> names = names(pom);
        if (names.stream().anyMatch(name -> FREE.matcher(name).find())) {
            return List.of();
        }
        return List.of(pom.getFileName() + (names.isEmpty() ? " states no licence" : " is only under " + names));
    }

    private static List<String> names(Path pom) {
        Element project = read(pom).getDocumentElement();
        var names = new ArrayList<String>();
        Element licences = child(project, "licenses");
        if (licences != null) {
            for (Node node = licences.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element licence) {
                    names.add(text(licence, "name"));
                }
            }
        }
        Element parent = child(project, "parent");
        if (!names.isEmpty() || parent == null) {
            return names;
        }
        String artifact = text(parent, "artifactId");
        String version = text(parent, "version");
        Path above = repository(pom, project, parent)
                .resolve(text(parent, "groupId").replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
        return names(above);
    }

    /** The local repository's root: above the folders of version, artifact and group. */
    private static Path repository(Path pom, Element project, Element parent) {
        String group = text(child(project, "groupId") == null ? parent : project, "groupId");
        Path folder = pom.toAbsolutePath();
        int up = 3 + group.split("\\.").length;
        for (int i = 0; i < up; i++) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static String text(Element of, String name) {
        Element child = child(of, name);
        return child == null ? "" : child.getTextContent().strip();
    }

    private static @Nullable Element child(Element of, String name) {
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }

    private static Document read(Path pom) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(pom.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(pom + " is no POM", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
