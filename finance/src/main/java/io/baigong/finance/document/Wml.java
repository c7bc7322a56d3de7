package io.baigong.finance.document;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.CharacterData;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Looks at WordprocessingML elements. */
final class Wml {
    private Wml() {}

    static String name(Element element) {
        String name = element.getLocalName();
        return name == null ? "" : name;
    }

    static @Nullable Element child(@Nullable Element parent, String name) {
        for (Node node = parent == null ? null : parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && name(child).equals(name)) {
                return child;
            }
        }
        return null;
    }

    /** An attribute of the element's own namespace; empty if it is not there. */
    static String attribute(Element element, String name) {
        return element.getAttributeNS(element.getNamespaceURI(), name);
    }

    /** The {@code w:val} of a child; null without child or value. */
    static @Nullable String value(@Nullable Element parent, String name) {
        Element child = child(parent, name);
        String value = child == null ? "" : attribute(child, "val");
        return value.isEmpty() ? null : value;
    }

    /** The text directly in an element; XMLBeans' DOM has no {@code getTextContent}. */
    static String text(Element element) {
        var text = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof CharacterData characters) {
                text.append(characters.getData());
            }
        }
        return text.toString();
    }
}
