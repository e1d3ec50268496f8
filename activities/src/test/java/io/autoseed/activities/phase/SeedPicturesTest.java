package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeedPicturesTest {
  @Test
  void classesOfOneNameAreToldApartByTheirDataSets() {
    List<String> shown = List.of("bag", "coat", "bag");

    assertThat(SeedPictures.name("bag", "fashion", shown)).isEqualTo("bag (fashion)");
    assertThat(SeedPictures.name("bag", "photos", shown)).isEqualTo("bag (photos)");
    assertThat(SeedPictures.name("coat", "fashion", shown)).isEqualTo("coat");
  }
}
