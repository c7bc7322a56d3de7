package io.baigong.finance.document;

import io.baigong.finance.review.ContractReview.TrackedChange;
import java.util.ArrayList;
import java.util.List;

/** Gathers tracked changes; what Word cut into runs of one change becomes one again. */
final class DocxChanges {
    /** The place of a deletion before the first word of its paragraph: where the next word will stand. */
    static final int OPEN = -1;

    private final List<TrackedChange> changes = new ArrayList<>();
    private int open;

    void inserted(int position, String text, String author, String date) {
        if (!changes.isEmpty()) {
            TrackedChange last = changes.getLast();
            boolean goesOn = last.kind().equals("INSERTED")
                    && last.position() + last.text().length() == position
                    && last.author().equals(author)
                    && last.date().equals(date);
            if (goesOn) {
                changes.set(changes.size() - 1, with(last, last.position(), last.text() + text));
                return;
            }
        }
        changes.add(new TrackedChange("INSERTED", position, text, author, date));
    }

    void deleted(int position, String text, String author, String date) {
        if (!changes.isEmpty()) {
            TrackedChange last = changes.getLast();
            boolean goesOn = last.kind().equals("DELETED")
                    && last.position() == position
                    && last.author().equals(author)
                    && last.date().equals(date);
            if (goesOn) {
                changes.set(changes.size() - 1, with(last, position, last.text() + text));
                return;
            }
        }
        changes.add(new TrackedChange("DELETED", position, text, author, date));
        open += position == OPEN ? 1 : 0;
    }

    /** Tells where the next word stands. */
    void settle(int position) {
        for (int i = changes.size() - 1; open > 0; i--) {
            TrackedChange change = changes.get(i);
            if (change.position() == OPEN) {
                changes.set(i, with(change, position, change.text()));
                open--;
            }
        }
    }

    List<TrackedChange> list() {
        return List.copyOf(changes);
    }

    private static TrackedChange with(TrackedChange change, int position, String text) {
        return new TrackedChange(change.kind(), position, text, change.author(), change.date());
    }
}
