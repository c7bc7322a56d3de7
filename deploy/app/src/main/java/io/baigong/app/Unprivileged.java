package io.baigong.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How to run PostgreSQL, which refuses to run as root.
 *
 * @param prefix command that goes before the program's; empty for who is not root
 * @param owner who must own its files; empty for the present user
 */
record Unprivileged(List<String> prefix, String owner) {
    private static final String NOBODY = "nobody";

    static Unprivileged choose(Path home) throws IOException, StartException {
        if (!"root".equals(System.getProperty("user.name")) || !Files.exists(Path.of("/proc/self"))) {
            return new Unprivileged(List.of(), "");
        }
        // In a user namespace of its own without a mapping, root sees itself as nobody, and files stay root's.
        if (works(List.of("unshare", "--user", "true"))) {
            return new Unprivileged(List.of("unshare", "--user"), "");
        }
        List<String> asNobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=nogroup", "--clear-groups");
        if (works(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=nogroup", "--clear-groups", "ls", home.toString()))) {
            return new Unprivileged(asNobody, NOBODY);
        }
        throw new StartException(
                "PostgreSQL does not run as root, and neither 'unshare --user' nor 'setpriv' can hide it"
                        + " here. Start Baigong as another user, or set BAIGONG_HOME to a folder that the user "
                        + NOBODY
                        + " may enter, or set BAIGONG_DB_URL to a PostgreSQL that runs already.");
    }

    /** Gives the file to the user that PostgreSQL runs as. */
    void own(Path file) throws IOException {
        if (!owner.isEmpty()) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner));
        }
    }

    private static boolean works(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
