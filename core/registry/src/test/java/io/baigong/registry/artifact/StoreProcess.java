package io.baigong.registry.artifact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that keeps files in a store, one after another, and tells of each once it is kept. */
final class StoreProcess {
    private StoreProcess() {}

    /** Folder of the store, bytes of each file, how many files. */
    public static void main(String[] arguments) throws IOException {
        var store = new ArtifactStore(Path.of(arguments[0]));
        byte[] content = new byte[Integer.parseInt(arguments[1])];
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            ByteBuffer.wrap(content).putInt(i);
            try (InputStream in = new ByteArrayInputStream(content)) {
                System.out.println(store.add(in, content.length).sha256());
            } catch (StorageException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    /**
     * Starts one.
     *
     * @param limit most KiB that the system lets it write into a file; 0 for no limit
     */
    static Process start(Path folder, int bytes, int files, int limit) throws IOException {
        var java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                folder.toString(),
                String.valueOf(bytes),
                String.valueOf(files));
        var command = new ArrayList<String>();
        if (limit > 0) {
            command.addAll(List.of("bash", "-c", "ulimit -f " + limit + "; exec \"$@\"", "limited"));
        }
        command.addAll(java);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
