package io.baigong.host.run;

import io.baigong.journal.StoredAttachment;
import io.baigong.journal.audit.Sha256;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 digests, in lower-case hex, of what people gave. */
public final class Digests {
    private Digests() {}

    static StoredAttachment attachment(GivenFile file) throws IOException {
        return new StoredAttachment(
                file.component(),
                file.name(),
                MediaTypes.of(file.file()),
                ofFile(file.file()),
                Files.size(file.file()));
    }

    /** Of a file's bytes. */
    public static String ofFile(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
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
        MessageDigest digest = Sha256.digest();
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
}
