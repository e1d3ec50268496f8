package io.autoseed.activities.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MlflowDeliveryTest {
  @Test
  void proxiedAndDirectArtifactsLieAtTheSameKey() {
    assertThat(MlflowDelivery.artifactKey("mlflow-artifacts:/1/abc/artifacts"))
        .isEqualTo("1/abc/artifacts");
    assertThat(MlflowDelivery.artifactKey("s3://bucket/1/abc/artifacts"))
        .isEqualTo("1/abc/artifacts");
  }
}
