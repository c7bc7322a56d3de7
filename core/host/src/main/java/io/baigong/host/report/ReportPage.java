package io.baigong.host.report;

import java.io.IOException;
import java.io.OutputStream;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A report as it grows from top to bottom, then HTML without script or a PDF for A4. Texts may be anything: they stay texts. Not
 * thread-safe; held in memory, so for some ten thousand rows at most.
 */
public final class ReportPage {
    /** Figures, which are set to the right: with a sign, a per cent sign or a short unit, or a range of them. */
    private static final Pattern FIGURE = Pattern.compile("[-−+]?\\d[\\d.,]*( ?[–-] ?[\\d.,]+)?( ?(%|s|ms|MiB))?");

    /** In place of a figure. */
    private static final String NONE = "–";

    private static final int MOST_DECIMALS = 10;

    /** Widest column that its texts ask for, in Latin letters. */
    private static final int WIDE = 40;

    /** A column that asks for no more than this gets it. */
    private static final int SHORT = 16;

    /** Between columns. */
    private static final int GAP = 2;

    /** Latin letters of a line. */
    private static final int LINE = 92;

    private static final int LINE_OF_SMALL = 115;

    /** A table of more columns is set smaller. */
    private static final int MANY = 6;

    private static final String STYLE = """
            @page { size: A4; margin: 18mm 16mm 20mm; @bottom-center { content: counter(page) " / " counter(pages);
              font: 9pt 'Noto Sans SC'; color: #666 } }
            body { font: 10pt/1.5 'Noto Sans SC', system-ui, sans-serif; color: #1c1c1c; max-width: 60em; margin: 2em auto;
              padding: 0 1em }
            @media print { body { margin: 0; padding: 0; max-width: none } }
            h1 { font-size: 18pt; font-weight: normal; margin: 0 0 .4em; line-height: 1.25; word-wrap: break-word }
            h2 { font-size: 12pt; font-weight: normal; color: #9c2a1b; margin: 1.6em 0 .4em; page-break-after: avoid;
              word-wrap: break-word }
            p { margin: .3em 0; word-wrap: break-word }
            table { border-collapse: collapse; width: 100%; table-layout: fixed; -fs-table-paginate: paginate }
            tr { page-break-inside: avoid }
            th { font-weight: normal; color: #666; text-align: left; border-bottom: 1px solid #888 }
            th, td { padding: .25em .8em .25em 0; vertical-align: top; word-wrap: break-word }
            td { border-bottom: 1px solid #ddd }
            .small { font-size: 8pt }
            .figure { text-align: right }
            th:last-child, td:last-child { padding-right: 0 }
            .word { width: 32% }
            .count { width: 14% }
            .bar { background: #c9553f; height: .7em; margin-top: .45em }
            """;

    private final Language language;
    private final String title;
    private final StringBuilder body = new StringBuilder();

    public ReportPage(Language language, String title) {
        this.language = language;
        this.title = title;
        body.append("<h1>").append(text(title)).append("</h1>\n");
    }

    public ReportPage heading(String words) {
        body.append("<h2>").append(text(words)).append("</h2>\n");
        return this;
    }

    public ReportPage paragraph(String words) {
        body.append("<p>").append(text(words)).append("</p>\n");
        return this;
    }

    /** A table whose rows have as many cells as there are columns. */
    public ReportPage table(List<String> columns, List<List<String>> rows) {
        boolean small = columns.size() > MANY;
        int[] widths = shares(
                IntStream.range(0, columns.size())
                        .map(i -> width(columns.get(i), rows, i))
                        .toArray(),
                small ? LINE_OF_SMALL : LINE);
        body.append(small ? "<table class=\"small\">\n<thead><tr>" : "<table>\n<thead><tr>");
        List<Boolean> figures = IntStream.range(0, columns.size())
                .mapToObj(i -> !rows.isEmpty() && rows.stream().allMatch(row -> isFigure(row.get(i))))
                .toList();
        for (int i = 0; i < columns.size(); i++) {
            body.append("<th style=\"width: ")
                    .append(widths[i])
                    .append(figures.get(i) ? "%\" class=\"figure\">" : "%\">")
                    .append(text(columns.get(i)))
                    .append("</th>");
        }
        body.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            body.append("<tr>");
            for (int i = 0; i < columns.size(); i++) {
                body.append(figures.get(i) ? "<td class=\"figure\">" : "<td>")
                        .append(text(row.get(i)))
                        .append("</td>");
            }
            body.append("</tr>\n");
        }
        body.append("</tbody>\n</table>\n");
        return this;
    }

    private static int width(String head, List<List<String>> rows, int column) {
        int widest = rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0);
        return Math.min(Math.max(width(head), widest), WIDE) + GAP;
    }

    /** Per cent of the line: short columns get what they ask for where not all do, the others share the rest. */
    private static int[] shares(int[] widths, int line) {
        int all = Math.max(1, IntStream.of(widths).sum());
        int kept = all <= line
                ? 0
                : IntStream.of(widths).filter(width -> width <= SHORT).sum();
        if (kept == 0 || kept >= line || kept == all) {
            return IntStream.of(widths).map(width -> 100 * width / all).toArray();
        }
        return IntStream.of(widths)
                .map(width -> width <= SHORT ? 100 * width / line : (100 - 100 * kept / line) * width / (all - kept))
                .toArray();
    }

    /** In Latin letters; ideographs are two wide. */
    private static int width(String words) {
        return words.codePoints().limit(WIDE).map(sign -> sign < 0x2E80 ? 1 : 2).sum();
    }

    private static boolean isFigure(String cell) {
        return cell.equals(NONE) || FIGURE.matcher(cell).matches();
    }

    /** How often each word was there, in the map's order, as bars; the longest is as wide as the page lets it. */
    public ReportPage bars(String words, String counts, Map<String, Long> figures) {
        long most = figures.values().stream().mapToLong(Long::longValue).max().orElse(1);
        body.append("<table class=\"bars\">\n<thead><tr><th class=\"word\">")
                .append(text(words))
                .append("</th><th></th><th class=\"figure count\">")
                .append(text(counts))
                .append("</th></tr></thead>\n<tbody>\n");
        figures.forEach((word, count) -> body.append("<tr><td>")
                .append(text(word))
                .append("</td><td><div class=\"bar\" style=\"width: ")
                .append(most == 0 ? 0 : 100 * count / most)
                .append("%\"></div></td><td class=\"figure\">")
                .append(number(count))
                .append("</td></tr>\n"));
        body.append("</tbody>\n</table>\n");
        return this;
    }

    /** A whole number for people: thousands apart. */
    public static String number(long value) {
        return NumberFormat.getInstance(Locale.UK).format(value);
    }

    /** A number for people: thousands apart, three significant digits of what is no whole number. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        NumberFormat format = NumberFormat.getInstance(Locale.UK);
        int whole = value == 0 ? 1 : (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        format.setMaximumFractionDigits(value == Math.rint(value) ? 0 : Math.clamp(3L - whole, 0, MOST_DECIMALS));
        return format.format(value);
    }

    /** A whole page, which needs nothing else; well-formed XML too. */
    public String html() {
        return "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"" + language.tag()
                + "\">\n<head>\n<meta charset=\"UTF-8\"/>\n<meta name=\"viewport\" content=\"width=device-width\"/>\n"
                + "<meta name=\"description\" content=\"" + text(title) + "\"/>\n<title>" + text(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n" + body + "</body>\n</html>\n";
    }

    /** Writes it as a tagged PDF (PDF/UA), with the fonts that it needs. */
    public void pdf(OutputStream out) throws IOException {
        PdfWriter.write(html(), out);
    }

    private static String text(String words) {
        var escaped = new StringBuilder(words.length() + 16);
        words.codePoints().forEach(sign -> {
            switch (sign) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isCharacter(sign) ? sign : '\uFFFD');
            }
        });
        return escaped.toString();
    }

    /** Char of XML 1.0, section 2.2. */
    private static boolean isCharacter(int sign) {
        return sign == '\t'
                || sign == '\n'
                || sign == '\r'
                || (sign >= 0x20 && sign <= 0xD7FF)
                || (sign >= 0xE000 && sign <= 0xFFFD)
                || sign >= 0x10000;
    }
}
