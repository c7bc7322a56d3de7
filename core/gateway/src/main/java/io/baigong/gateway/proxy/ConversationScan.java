package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the messages of a call show: what a model must be able to read, about how long they are, and where their beginning ends.
 *
 * <p>Not thread-safe.
 */
final class ConversationScan {
    /** Tokens, in tenths, of a character of Chinese, Japanese or Korean, and of any other: few, so that none is refused in vain. */
    private static final int TENTHS_OF_IDEOGRAPH = 5;

    private static final int TENTHS_OF_LETTER = 2;

    private final Set<Capability> needs = EnumSet.noneOf(Capability.class);
    private long tenths;
    private int beginningEnds = -1;

    /** Reads {@code messages}, {@code input} or {@code prompt}, whose first token is the current one, to its end. */
    void read(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            count(json);
        } else if (json.currentToken() == JsonToken.START_ARRAY) {
            readArray(json);
        } else {
            json.skipChildren();
        }
    }

    private void readArray(JsonParser json) throws IOException {
        String field = "";
        boolean byUser = false;
        int depth = 1;
        while (depth > 0) {
            JsonToken token = json.nextToken();
            switch (token) {
                case null -> throw new IOException("the JSON breaks off");
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> {
                    depth--;
                    if (depth == 1 && byUser && beginningEnds < 0) {
                        beginningEnds = (int) json.currentLocation().getByteOffset();
                    }
                }
                case FIELD_NAME -> field = json.currentName();
                case VALUE_STRING -> {
                    switch (field) {
                        case "role" -> byUser |= depth == 2 && json.getText().equals("user");
                        case "type" -> needs(json.getText());
                        default -> count(json);
                    }
                }
                default -> {}
            }
        }
    }

    private void needs(String type) {
        switch (type) {
            case "image_url", "input_image" -> needs.add(Capability.IMAGES);
            case "input_audio" -> needs.add(Capability.AUDIO);
            case "file", "input_file" -> needs.add(Capability.FILES);
            default -> {}
        }
    }

    private void count(JsonParser json) throws IOException {
        char[] text = json.getTextCharacters();
        int from = json.getTextOffset();
        int length = json.getTextLength();
        if (length > 5 && text[from] == 'd' && new String(text, from, 5).equals("data:")) {
            return; // a picture or a file
        }
        for (int i = from; i < from + length; i++) {
            tenths += text[i] >= '⺀' ? TENTHS_OF_IDEOGRAPH : TENTHS_OF_LETTER;
        }
    }

    Set<Capability> needs() {
        return needs;
    }

    /** About how many tokens the texts have, rather too few. */
    long tokens() {
        return tenths / 10;
    }

    /** Offset in bytes behind the first message of the user, which all turns of a conversation share; -1 if there is none. */
    int beginningEnds() {
        return beginningEnds;
    }
}
