package io.baigong.journal.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A head of the log: so many entries, with this root (C2SP tlog-checkpoint).
 *
 * @param origin name of the log
 * @param root of the first {@code size} leaves, in Base64
 */
public record Checkpoint(String origin, long size, String root) {
    private static final String SIGNATURE = "\u2014 ";
    private static final int SIGNATURE_BYTES = 4 + 64;

    static Checkpoint of(String origin, long size, byte[] root) {
        return new Checkpoint(origin, size, Base64.getEncoder().encodeToString(root));
    }

    /** The root's 32 bytes. */
    public byte[] rootHash() {
        return Base64.getDecoder().decode(root);
    }

    /** The text that is signed. */
    String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }

    static String note(String text, VerifierKey key, byte[] signature) {
        byte[] hashed = Arrays.copyOf(key.hash(), 4 + signature.length);
        System.arraycopy(signature, 0, hashed, 4, signature.length);
        return text + "\n" + SIGNATURE + key.name() + " " + Base64.getEncoder().encodeToString(hashed) + "\n";
    }

    /**
     * Reads a signed note, and checks that this key signed it.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static Checkpoint verified(String note, VerifierKey key) {
        int end = note.lastIndexOf("\n\n");
        if (end < 0) {
            throw new IllegalArgumentException("this is no signed note");
        }
        String text = note.substring(0, end + 1);
        Checkpoint checkpoint = parse(text);
        if (!checkpoint.origin.equals(key.name())) {
            throw new IllegalArgumentException(
                    "this head is of the log " + checkpoint.origin + ", and the key of " + key.name());
        }
        for (String line : note.substring(end + 2).lines().toList()) {
            if (line.startsWith(SIGNATURE + key.name() + " ") && signed(text, line, key)) {
                return checkpoint;
            }
        }
        throw new IllegalArgumentException(
                "this head of " + checkpoint.size + " entries is not signed by the log's key");
    }

    /** The notes of a file in which each is followed by an empty line, or of one that is a note. */
    public static List<String> notes(String text) {
        List<String> notes = new ArrayList<>();
        int begin = 0;
        for (int gap = text.indexOf("\n\n"); gap >= 0; gap = text.indexOf("\n\n", begin)) {
            int end = text.indexOf("\n\n", gap + 2);
            notes.add(text.substring(begin, end < 0 ? text.length() : end).stripTrailing() + "\n");
            begin = end < 0 ? text.length() : end + 2;
        }
        return notes;
    }

    private static boolean signed(String text, String line, VerifierKey key) {
        try {
            String given = line.substring(SIGNATURE.length() + key.name().length() + 1);
            byte[] hashed = Base64.getDecoder().decode(given);
            return hashed.length == SIGNATURE_BYTES
                    // Decoders pass over the bits that the last digit has too many.
                    && Base64.getEncoder().encodeToString(hashed).equals(given)
                    && Arrays.equals(hashed, 0, 4, key.hash(), 0, 4)
                    && key.verifies(
                            text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(hashed, 4, hashed.length));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Checkpoint parse(String text) {
        List<String> lines = text.lines().toList();
        try {
            if (lines.size() >= 3) {
                var checkpoint = new Checkpoint(lines.getFirst(), Long.parseLong(lines.get(1)), lines.get(2));
                boolean canonical = text.startsWith(checkpoint.text());
                if (checkpoint.size >= 0 && checkpoint.rootHash().length == Sha256.BYTES && canonical) {
                    return checkpoint;
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("this is no head of a log", e);
        }
        throw new IllegalArgumentException("this is no head of a log");
    }
}
