package io.autoseed.activities.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MlflowRunsTest {
  @Test
  void proxiedAndDirectArtifactsLieAtTheSameKey() {
    assertThat(MlflowRuns.artifactKey("mlflow-artifacts:/1/abc/artifacts"))
        .isEqualTo("1/abc/artifacts");
    assertThat(MlflowRuns.artifactKey("s3://bucket/1/abc/artifacts")).isEqualTo("1/abc/artifacts");
  }
}
