package io.baigong.finance.document;

/** One version of a DOCX's text, with changes accepted or rejected, as it grows. */
final class DocxVersion {
    private final StringBuilder text = new StringBuilder();
    /** Line breaks owed before the next words. */
    private int breaks;

    private boolean tab;
    private boolean rowHasCell;
    private boolean cellHasText;
    private int cells;
    private boolean inParagraph;
    private String number = "";

    String text() {
        return text.toString();
    }

    int length() {
        return text.length();
    }

    /** Whether the paragraph that is being read has words in this version. */
    boolean inParagraph() {
        return inParagraph;
    }

    void owe(int lineBreaks) {
        breaks = Math.max(breaks, cells > 0 ? 1 : lineBreaks);
    }

    void startRow() {
        rowHasCell = false;
    }

    void startCell() {
        if (rowHasCell) {
            breaks = 0;
            tab = true;
        }
        rowHasCell = true;
        cellHasText = false;
        cells++;
    }

    void endCell() {
        cells--;
    }

    /** A paragraph whose end was removed is not ended, so that the next one goes on with it. */
    void startParagraph(String itsNumber) {
        number = itsNumber;
    }

    void endParagraph() {
        inParagraph = false;
        number = "";
        if (cells == 0) {
            owe(2);
        } else if (cellHasText) {
            owe(1);
        }
    }

    /** Appends words, and before them what is owed; answers where they start. */
    int append(String words) {
        if (!text.isEmpty()) {
            if (breaks > 0) {
                text.append(breaks > 1 ? "\n\n" : "\n");
            } else if (tab) {
                text.append('\t');
            }
        }
        breaks = 0;
        tab = false;
        if (!number.isEmpty() && !inParagraph) {
            text.append(number).append(' ');
        }
        number = "";
        inParagraph = true;
        cellHasText = true;
        int start = text.length();
        text.append(words);
        return start;
    }
}
