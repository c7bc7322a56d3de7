package io.baigong.host.model;

import io.baigong.host.report.Language;
import io.baigong.host.report.ReportPage;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.commonmark.node.Block;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/** A model card in Markdown, put into a report: items that begin with a bold word become rows under it. */
final class ModelCardPage {
    private static final Parser PARSER = Parser.builder().build();
    private static final TextContentRenderer TEXT =
            TextContentRenderer.builder().build();

    private ModelCardPage() {}

    /** Adds what the card says, but for its title. */
    static void add(ReportPage page, Language language, String card) {
        for (Node node = PARSER.parse(card).getFirstChild(); node != null; node = node.getNext()) {
            switch (node) {
                case Heading heading when heading.getLevel() == 1 -> {}
                case ListBlock list -> items(page, language, list);
                case Block block -> page.paragraph(text(block));
                default -> {}
            }
        }
    }

    private static void items(ReportPage page, Language language, ListBlock list) {
        var rows = new ArrayList<List<String>>();
        for (Node node = list.getFirstChild(); node instanceof ListItem item; node = node.getNext()) {
            if (item.getFirstChild() instanceof Paragraph paragraph
                    && paragraph.getFirstChild() instanceof StrongEmphasis key) {
                String subject = text(key);
                key.unlink();
                rows.add(List.of(subject, within(item).replaceFirst("^[:,]?\\s*", "")));
            } else {
                rows.add(List.of("", within(item)));
            }
        }
        page.table(List.of(language.say("Model card", "模型卡"), language.say("What it says", "内容")), rows);
    }

    private static String within(ListItem item) {
        var words = new StringJoiner(" ");
        for (Node node = item.getFirstChild(); node != null; node = node.getNext()) {
            words.add(text(node));
        }
        return words.toString();
    }

    private static String text(Node node) {
        return TEXT.render(node).replaceAll("\\s+", " ").strip();
    }
}
