package io.baigong.registry.artifact;

import java.util.regex.Pattern;

/** Which files a model may consist of. */
public final class HarmlessFiles {
    /** Files of a model. */
    public static final int MOST = 64;

    /** Bytes of all files of a model. */
    public static final long MOST_BYTES = 1L << 30;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    /** Formats that only hold numbers and text. Pickle and what holds it (.pt, .bin, .joblib …) can run code, and is none of them. */
    private static final Pattern HARMLESS =
            Pattern.compile(".*\\.(json|md|safetensors|ubj|onnx|txt|tsv|csv|tsv\\.gz|csv\\.gz|gguf)");

    private HarmlessFiles() {}

    /**
     * Lets a name pass.
     *
     * @throws UnsafeArtifactException for a name with folders or dots that lead elsewhere, or of a format that can run code
     */
    public static void check(String name) throws UnsafeArtifactException {
        if (!PLAIN.matcher(name).matches() || name.contains("..")) {
            throw new UnsafeArtifactException(
                    "there is a file whose name is not plain",
                    "Name files with letters, digits, '.', '_' and '-', without folders.");
        }
        if (!HARMLESS.matcher(name).matches()) {
            throw new UnsafeArtifactException(
                    "there is " + name + ", and a file of that kind can hold code or is not known",
                    "Save weights as safetensors, ONNX, GGUF or XGBoost's UBJSON, and data as JSON, TSV or CSV.");
        }
    }
}
