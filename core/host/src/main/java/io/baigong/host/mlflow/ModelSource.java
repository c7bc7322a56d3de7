package io.baigong.host.mlflow;

import io.baigong.host.model.ModelLife;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.artifact.HarmlessFiles;
import io.baigong.registry.artifact.UnsafeArtifactException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a version is made of: files that this server keeps, and nothing else. A client's word for a file of this machine, or of another
 * server, is never followed (CVE-2023-1177, CVE-2023-6018, CVE-2024-27132 and their kin).
 */
@ApplicationScoped
class ModelSource {
    private static final Pattern OF_RUN = Pattern.compile(
            "(?:runs:/|mlflow-artifacts:/[0-9]{1,18}/)(?<run>[0-9a-f-]{32,36})(?:/(?<path>.+))?", Pattern.DOTALL);
    private static final Pattern OF_VERSION =
            Pattern.compile("(?:models:/|mlflow-artifacts:/models/)(?<role>[a-z0-9.-]{1,100})/(?<number>[0-9]{1,9})");
    private static final String ROOT = "artifacts";

    private final Runs runs;
    private final RunArtifacts artifacts;
    private final ModelLife life;

    ModelSource(Runs runs, RunArtifacts artifacts, ModelLife life) {
        this.runs = runs;
        this.artifacts = artifacts;
        this.life = life;
    }

    /**
     * Files, and the run that they were logged in.
     *
     * @param run absent when they are another version's
     */
    record Found(Artifact artifact, Runs.@Nullable Run run) {}

    /** The files of a source. Throws {@link MlflowException} for one that is none, or whose files can't be a model. */
    Found find(@Nullable String source) {
        Matcher version = OF_VERSION.matcher(source == null ? "" : source);
        if (version.matches()) {
            return new Found(version(version.group("role"), Integer.parseInt(version.group("number"))), null);
        }
        Matcher run = OF_RUN.matcher(source == null ? "" : source);
        if (!run.matches()) {
            throw MlflowException.invalid(
                    "Invalid source: a version is made of files that were logged in a run of this server,"
                            + " runs:/RUN/PATH, or of another version, models:/NAME/VERSION. Files of a machine, and other servers, are"
                            + " not read.");
        }
        Runs.Run found = runs.active(run.group("run"));
        return new Found(files(found, path(source, run.group("path"))), found);
    }

    /** {@code mlflow-artifacts:/1/RUN/artifacts/model} names what {@code runs:/RUN/model} does. */
    private static String path(@Nullable String source, @Nullable String given) {
        String path = given == null ? "" : given;
        if (source != null && source.startsWith("mlflow-artifacts:")) {
            if (!path.equals(ROOT) && !path.startsWith(ROOT + "/")) {
                throw MlflowException.invalid("Invalid source: files of a run are in " + ROOT);
            }
            path = path.equals(ROOT) ? "" : path.substring(ROOT.length() + 1);
        }
        return ArtifactPath.folder(path);
    }

    private Artifact version(String role, int number) {
        try {
            return life.history(role).version(number).registered().artifact();
        } catch (NoSuchElementException e) {
            throw MlflowException.missing("Invalid source: " + e.getMessage());
        }
    }

    private Artifact files(Runs.Run run, String folder) {
        var files = new TreeMap<String, Artifact.Part>();
        int begin = folder.isEmpty() ? 0 : folder.length() + 1;
        long bytes = 0;
        for (var file : artifacts.below(run, folder).entrySet()) {
            String name = file.getKey().substring(begin);
            try {
                HarmlessFiles.check(name);
            } catch (UnsafeArtifactException e) {
                throw MlflowErrors.refused(e);
            }
            files.put(name, file.getValue());
            bytes += file.getValue().bytes();
        }
        if (!files.containsKey(Artifact.DESCRIPTION)
                || files.size() > HarmlessFiles.MOST
                || bytes > HarmlessFiles.MOST_BYTES) {
            throw MlflowException.invalid("Invalid source: a model is the folder that './baigong train' wrote, with "
                    + Artifact.DESCRIPTION + ", at most " + HarmlessFiles.MOST + " files and "
                    + HarmlessFiles.MOST_BYTES
                    + " bytes; log it whole into one folder of the run.");
        }
        return new Artifact(files);
    }
}
