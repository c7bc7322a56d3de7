package io.baigong.host.mlflow;

import io.baigong.host.mlflow.SearchFilter.Comparison;
import io.baigong.host.mlflow.SearchFilter.Entity;
import io.baigong.journal.Storable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads filters and orders token by token. */
final class SearchTokens {
    private static final int LONGEST = 6_000;
    private static final int MOST = 50;

    /** In this order: a quoted text, a number, an operator, a word with its dots, a bracket or comma. */
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:'((?:[^'\\\\]|\\\\.)*+)'|\"([^\"]*+)\"|`([^`]*+)`"
            + "|([+-]?(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d++)?)(?![\\w.])"
            + "|(<=|>=|!=|<>|=|<|>)|([A-Za-z_][\\w./-]*+)|([(),]))\\s*");

    private static final Map<String, Entity> ENTITIES = Map.ofEntries(
            Map.entry("metric", Entity.METRIC),
            Map.entry("metrics", Entity.METRIC),
            Map.entry("param", Entity.PARAM),
            Map.entry("params", Entity.PARAM),
            Map.entry("parameter", Entity.PARAM),
            Map.entry("parameters", Entity.PARAM),
            Map.entry("tag", Entity.TAG),
            Map.entry("tags", Entity.TAG),
            Map.entry("attr", Entity.ATTRIBUTE),
            Map.entry("attribute", Entity.ATTRIBUTE),
            Map.entry("attributes", Entity.ATTRIBUTE),
            Map.entry("run", Entity.ATTRIBUTE));

    private enum Kind {
        TEXT,
        QUOTED,
        NUMBER,
        OPERATOR,
        WORD,
        SIGN
    }

    private record Token(Kind kind, String text) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
        }
    }

    private final String whole;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    SearchTokens(String given) {
        whole = Storable.text(given);
        if (whole.length() > LONGEST) {
            throw MlflowException.invalid("a filter has at most " + LONGEST + " characters");
        }
        Matcher matcher = TOKEN.matcher(whole);
        int at = 0;
        while (at < whole.length()) {
            if (!matcher.region(at, whole.length()).lookingAt()) {
                throw unreadable(whole.substring(at));
            }
            tokens.add(token(matcher));
            at = matcher.end();
        }
    }

    private static Token token(Matcher matcher) {
        Kind[] kinds = {Kind.TEXT, Kind.TEXT, Kind.QUOTED, Kind.NUMBER, Kind.OPERATOR, Kind.WORD, Kind.SIGN};
        for (int group = 1; group <= kinds.length; group++) {
            String text = matcher.group(group);
            if (text != null) {
                return new Token(kinds[group - 1], group == 1 ? text.replaceAll("\\\\(.)", "$1") : text);
            }
        }
        throw new IllegalStateException("each alternative has a group");
    }

    private MlflowException unreadable(String rest) {
        return MlflowException.invalid("the filter can't be read from '"
                + rest.substring(0, Math.min(rest.length(), 40))
                + "' on; write comparisons such as metrics.loss < 0.5 AND params.depth = '6'");
    }

    private Token take() {
        if (next == tokens.size()) {
            throw MlflowException.invalid("the filter ends too early: " + whole);
        }
        return tokens.get(next++);
    }

    /** Whether another comparison follows; nothing else may. */
    boolean and() {
        if (next == tokens.size()) {
            return false;
        }
        if (next > MOST * 6) {
            throw MlflowException.invalid("a filter has at most " + MOST + " comparisons");
        }
        Token token = take();
        if (!token.is("and")) {
            throw unreadable(token.text());
        }
        return true;
    }

    SearchFilter.Key key() {
        Token token = take();
        if (token.kind() == Kind.QUOTED) {
            return new SearchFilter.Key(Entity.ATTRIBUTE, token.text());
        }
        if (token.kind() != Kind.WORD) {
            throw unreadable(token.text());
        }
        int dot = token.text().indexOf('.');
        if (dot < 0) {
            return new SearchFilter.Key(Entity.ATTRIBUTE, token.text().toLowerCase(Locale.ROOT));
        }
        Entity entity = ENTITIES.get(token.text().substring(0, dot).toLowerCase(Locale.ROOT));
        if (entity == null) {
            throw MlflowException.invalid(
                    "'" + token.text() + "' is none of metrics.KEY, params.KEY, tags.KEY and attributes.KEY");
        }
        String name = token.text().substring(dot + 1);
        if (name.isEmpty()) {
            name = take().text(); // in quotes
        }
        return new SearchFilter.Key(entity, name);
    }

    Comparison comparison() {
        SearchFilter.Key key = key();
        Token token = take();
        String operator = token.text().toUpperCase(Locale.ROOT);
        if (token.kind() == Kind.OPERATOR) {
            return new Comparison(key, operator.equals("<>") ? "!=" : operator, List.of(value()));
        }
        if (token.is("like") || token.is("ilike")) {
            return new Comparison(key, operator, List.of(value()));
        }
        boolean not = token.is("not");
        Token in = not ? take() : token;
        if (!in.is("in") || !take().is("(")) {
            throw unreadable(in.text());
        }
        var values = new ArrayList<String>();
        do {
            values.add(value());
        } while (take().is(","));
        return new Comparison(key, not ? "NOT IN" : "IN", values);
    }

    private String value() {
        Token token = take();
        if (token.kind() != Kind.TEXT && token.kind() != Kind.NUMBER) {
            throw unreadable(token.text());
        }
        return token.text();
    }

    boolean direction() {
        if (next == tokens.size()) {
            return false;
        }
        Token token = take();
        if (next != tokens.size() || !(token.is("asc") || token.is("desc"))) {
            throw unreadable(token.text());
        }
        return token.is("desc");
    }
}
