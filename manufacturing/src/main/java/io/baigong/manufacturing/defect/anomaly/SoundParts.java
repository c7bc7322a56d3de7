package io.baigong.manufacturing.defect.anomaly;

import io.baigong.manufacturing.defect.data.ClassFolders;
import io.baigong.manufacturing.defect.data.ClassFolders.Labelled;
import io.baigong.manufacturing.defect.data.SoundFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Pictures of parts: sound ones in the folder {@code sound}, {@code good} or {@code free}, defective ones in any other. */
record SoundParts(List<Labelled> sound, List<Labelled> defective) {
    static final String NAME = "sound-parts";

    static SoundParts read(Path data) throws IOException {
        List<Labelled> all = ClassFolders.read(data);
        var parts = new SoundParts(
                all.stream().filter(each -> SoundFolder.isNamed(each.label())).toList(),
                all.stream().filter(each -> !SoundFolder.isNamed(each.label())).toList());
        if (parts.sound.isEmpty()) {
            throw new IOException(
                    data + " holds no folder with pictures of sound parts; name it one of " + SoundFolder.NAMES);
        }
        return parts;
    }
}
