package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodeVersionTest {
  @Test
  void theBuildWroteItsVersionDown() {
    assertThat(CodeVersion.current())
        .matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?(\\+[0-9a-f]+(\\.changed)?)?");
  }

  @Test
  void aBuildOutsideOfACheckoutHasNoCommit() {
    assertThat(CodeVersion.of("0.1.0", "")).isEqualTo("0.1.0");
    assertThat(CodeVersion.of("0.1.0", "1edcc6c2a41b")).isEqualTo("0.1.0+1edcc6c2a41b");
  }
}
