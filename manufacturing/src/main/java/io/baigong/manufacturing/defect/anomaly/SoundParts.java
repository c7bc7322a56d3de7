package io.baigong.manufacturing.defect.anomaly;

import io.baigong.manufacturing.defect.data.ClassFolders;
import io.baigong.manufacturing.defect.data.ClassFolders.Labelled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Pictures of parts: sound ones in the folder {@code sound}, {@code good} or {@code free}, defective ones in any other. */
record SoundParts(List<Labelled> sound, List<Labelled> defective) {
    static final String NAME = "sound-parts";

    private static final Set<String> SOUND = Set.of("sound", "good", "free");

    static SoundParts read(Path data) throws IOException {
        List<Labelled> all = ClassFolders.read(data);
        var parts = new SoundParts(
                all.stream().filter(each -> SOUND.contains(each.label())).toList(),
                all.stream().filter(each -> !SOUND.contains(each.label())).toList());
        if (parts.sound.isEmpty()) {
            throw new IOException(data + " holds no folder with pictures of sound parts; name it one of " + SOUND);
        }
        return parts;
    }
}
