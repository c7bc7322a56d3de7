package io.baigong.host.run;

import io.baigong.journal.StoredAttachment;
import io.baigong.spi.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 digests of what a run was given. */
final class Digests {
    private Digests() {}

    static StoredAttachment attachment(GivenFile file) throws IOException {
        return new StoredAttachment(
                file.component(),
                file.name(),
                MediaTypes.of(file.file()),
                ofFile(file.file()),
                Files.size(file.file()));
    }

    private static String ofFile(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file);
                var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Over the task, the fields by name and the attachments' digests by component, each with its length before it. */
    static String ofInput(TaskId task, Map<String, String> fields, List<StoredAttachment> attachments) {
        var given = new TreeMap<String, String>();
        fields.forEach((name, value) -> given.put("field " + name, value));
        attachments.forEach(a -> given.put("file " + a.component(), a.sha256()));
        MessageDigest digest = sha256();
        add(digest, task.toString());
        given.forEach((name, value) -> {
            add(digest, name);
            add(digest, value);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
