package io.baigong.finance.document;

import io.baigong.spi.ErrorCode;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Walks a PDF's page tree without recursion, so far as the limits allow, before PDFBox walks it with recursion. */
final class PageTreeGuard {
    private static final int DEEPEST = 100;

    private PageTreeGuard() {}

    /** A node on the way down, and which of its kids comes next. */
    private static final class Level {
        final COSArray kids;
        int next;

        Level(COSArray kids) {
            this.kids = kids;
        }
    }

    static void check(PDDocument document, Limits limits, Deadline deadline) throws UnreadableDocument {
        COSDictionary root = document.getDocumentCatalog().getCOSObject().getCOSDictionary(COSName.PAGES);
        if (root == null) {
            throw new UnreadableDocument(
                    ErrorCode.User.CORRUPT,
                    "The PDF has no page tree; it is damaged or incomplete.",
                    "Get the file again, or print it to a new PDF.");
        }
        int declared = root.getInt(COSName.COUNT, 0);
        if (declared > limits.pages()) {
            throw tooMany(declared + " pages", limits);
        }
        int pages = 0;
        int nodes = 0;
        Set<COSDictionary> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var stack = new ArrayDeque<Level>();
        push(stack, root);
        while (!stack.isEmpty()) {
            Level level = stack.getLast();
            if (level.next >= level.kids.size()) {
                stack.removeLast();
                continue;
            }
            deadline.check();
            if (++nodes > 20 * limits.pages()) {
                throw hostile("has far more nodes than pages");
            }
            if (!(level.kids.getObject(level.next++) instanceof COSDictionary kid)) {
                continue;
            }
            if (kid.containsKey(COSName.KIDS)) {
                if (!seen.add(kid)) {
                    throw hostile("runs in a circle");
                }
                push(stack, kid);
                if (stack.size() > DEEPEST) {
                    throw hostile("is nested more than " + DEEPEST + " deep");
                }
            } else if (++pages > limits.pages()) {
                throw tooMany("more than " + limits.pages() + " pages", limits);
            }
        }
        if (pages == 0) {
            throw new UnreadableDocument(
                    ErrorCode.User.CORRUPT,
                    "The PDF has no pages; it is damaged or incomplete.",
                    "Get the file again, or print it to a new PDF.");
        }
    }

    private static void push(ArrayDeque<Level> stack, COSDictionary node) {
        COSArray kids = node.getCOSArray(COSName.KIDS);
        if (kids != null) {
            stack.addLast(new Level(kids));
        }
    }

    private static UnreadableDocument tooMany(String how, Limits limits) {
        return new UnreadableDocument(
                ErrorCode.User.TOO_LARGE,
                "The PDF has " + how + "; at most " + limits.pages() + " are read.",
                "Split the PDF and review the parts, or leave out annexes that need no review.");
    }

    private static UnreadableDocument hostile(String how) {
        return new UnreadableDocument(
                ErrorCode.User.HOSTILE, "The PDF's page tree " + how + ".", "Print the document to a new PDF.");
    }
}
