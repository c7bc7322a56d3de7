package io.baigong.testkit;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds static fields that can change, which no vertical may have: its tasks run on many threads at once. */
final class StaticState {
    private StaticState() {}

    /** Names of the static fields that are not final, of all classes in the package of {@code root} and below it. */
    static List<String> of(Class<?> root) throws IOException {
        String folder = root.getPackageName().replace('.', '/');
        try {
            URI home = root.getProtectionDomain().getCodeSource().getLocation().toURI();
            Path location = Path.of(home);
            if (Files.isDirectory(location)) {
                return changing(location.resolve(folder));
            }
            try (FileSystem jar = FileSystems.newFileSystem(location)) {
                return changing(jar.getPath(folder));
            }
        } catch (URISyntaxException e) {
            throw new IOException("the classes of " + root + " can't be found", e);
        }
    }

    private static List<String> changing(Path folder) throws IOException {
        var found = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".class"))::iterator) {
                ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
                for (FieldModel field : model.fields()) {
                    if (field.flags().has(AccessFlag.STATIC)
                            && !field.flags().has(AccessFlag.FINAL)
                            && !field.flags().has(AccessFlag.SYNTHETIC)) {
                        found.add(model.thisClass().asInternalName().replace('/', '.') + "."
                                + field.fieldName().stringValue());
                    }
                }
            }
        }
        return found;
    }
}
