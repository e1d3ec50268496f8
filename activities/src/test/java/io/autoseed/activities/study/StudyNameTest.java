package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StudyNameTest {
  @Test
  void aStudyHasTheNameBeforeWhatItConsistsOfAndNoShorterOne() {
    assertThat(StudySubmission.isNamed("grid-0a1b2c3d", "grid")).isTrue();
    assertThat(StudySubmission.isNamed("grid-two-0a1b2c3d", "grid-two")).isTrue();
    assertThat(StudySubmission.isNamed("grid-two-0a1b2c3d", "grid")).isFalse();
    assertThat(StudySubmission.isNamed("grid", "grid")).isFalse();
  }
}
