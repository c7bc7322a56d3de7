package io.baigong.host.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.json",
                "model/weights.safetensors",
                "a b/c (1).png",
                "图/损失.svg",
                "a..b",
                ".hidden",
                "model/.gitignore",
                "x=1,y=[2]"
            })
    void pathsOfFilesPass(String path) {
        assertThat(ArtifactPath.of(path)).isEqualTo(path);
    }

    /** By these MLflow's servers and clients were led elsewhere from CVE-2023-1177 to CVE-2026-2614, and their kin. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                ".",
                "../secret",
                "a/../../secret",
                "a/./b",
                "a//b",
                "a/",
                "/etc/passwd",
                "//host/share",
                "\\\\host\\share",
                "..\\secret",
                "a\\..\\..\\secret",
                "C:/Windows/win.ini",
                "C:\\Windows\\win.ini",
                "%2e%2e/secret",
                "%2e%2e%2fsecret",
                "%252e%252e%252fsecret",
                "..%c0%afsecret",
                "..%5csecret",
                "file:///etc/passwd",
                "file:/etc/passwd",
                "http://host/x",
                "x?../../etc",
                "x#../../etc",
                "a\u0000.json",
                "a\nb",
                "a\u202egnp.exe",
                "a /b",
                " /b",
                "a./b",
                "NUL:",
                "a|b",
                "a*b",
                "<script>"
            })
    void pathsThatLeadElsewhereAreRefused(String path) {
        assertThatThrownBy(() -> ArtifactPath.of(path))
                .isInstanceOf(MlflowException.class)
                .hasMessageStartingWith("Invalid path");
    }

    @Test
    void longPathsAreRefused() {
        assertThatThrownBy(() -> ArtifactPath.of("a/".repeat(300) + "b")).isInstanceOf(MlflowException.class);
        assertThat(ArtifactPath.folder("")).isEmpty();
    }
}
