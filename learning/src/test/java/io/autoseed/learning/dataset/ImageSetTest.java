package io.autoseed.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.dataset.DataSetContents.ClassContents;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSetTest {
  @TempDir Path folder;

  @Test
  void a_folder_lists_its_classes_in_the_order_of_meta_json_with_texts_and_digests()
      throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 3, "dog", "cat");

    try (DataSet data = DataSet.open(root)) {
      DataSetContents contents = data.contents(DataSetOptions.NONE);
      assertThat(contents.classes()).extracting(ClassContents::name).containsExactly("dog", "cat");
      assertThat(contents.named("cat").orElseThrow().texts()).containsExactly("a photo of a cat.");
      assertThat(contents.named("cat").orElseThrow().test())
          .extracting(FileDocument::sha256)
          .isSorted()
          .contains(CanonicalJson.sha256(DataSetFiles.image("testcat1")));
      assertThat(contents.fileCount()).isEqualTo(12);
      assertThat(data.licence()).isEqualTo("MIT");
    }
  }

  @Test
  void a_zip_of_the_same_files_has_the_same_digest_and_bytes() throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 3, "dog", "cat");
    Path zip = DataSetFiles.zip(folder.resolve("pets.zip"), entries(root));

    try (DataSet data = DataSet.open(root);
        DataSet packed = DataSet.open(zip)) {
      DataSetContents contents = packed.contents(DataSetOptions.NONE);
      assertThat(contents.digest()).isEqualTo(data.digest());
      FileDocument file = contents.classes().get(0).train().get(0);
      assertThat(packed.read(file)).isEqualTo(data.read(file));
    }
  }

  @Test
  void the_digest_follows_files_texts_and_splits_but_not_the_place() throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("a"), 2, "dog", "cat");
    Path same = DataSetFiles.folder(folder.resolve("b"), 2, "dog", "cat");
    String digest = digest(root);

    assertThat(digest(same)).isEqualTo(digest);
    Path file = root.resolve("train/dog/0.png");
    DataSetFiles.write(file, DataSetFiles.image("other"));
    assertThat(digest(root)).isNotEqualTo(digest);
    DataSetFiles.write(file, DataSetFiles.image("traindog0"));
    assertThat(digest(root)).isEqualTo(digest);
    Files.move(file, root.resolve("test/dog/9.png"));
    assertThat(digest(root)).isNotEqualTo(digest);
    Files.writeString(
        same.resolve("meta.json"),
        Files.readString(same.resolve("meta.json")).replace("\"a dog\"", "\"a puppy\""));
    assertThat(digest(same)).isNotEqualTo(digest);
  }

  @Test
  void splits_can_be_named_by_meta_json_or_by_the_options() throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 2, "dog");
    Files.move(root.resolve("train"), root.resolve("google"));
    Files.move(root.resolve("test"), root.resolve("twitter"));
    DataSetOptions named = new DataSetOptions(Map.of(), List.of(), null, "google", "twitter");

    try (DataSet data = DataSet.open(root)) {
      assertThat(data.contents(named).fileCount()).isEqualTo(4);
      assertThatThrownBy(data::digest)
          .isInstanceOf(DataSetException.class)
          .hasMessage(
              root
                  + " has no folder 'train' for the train split, only [google, twitter]; name the"
                  + " folder with train:");
      Files.writeString(
          root.resolve("meta.json"),
          "{\"splits\":{\"train\":\"google\",\"test\":\"twitter\"},"
              + "\"classes\":[{\"dir\":\"dog\",\"texts\":[\"a dog\",\"a hound\"]}]}");
      assertThat(data.contents(DataSetOptions.NONE).classes().get(0).texts())
          .containsExactly("a photo of a a dog.", "a photo of a a hound.");
    }
  }

  @Test
  void a_split_that_nobody_asked_for_is_not_looked_at() throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 2, "dog");
    String digest = digest(root);
    DataSetFiles.write(root.resolve("val/dog/broken.txt"), "no image");

    assertThat(digest(root)).isEqualTo(digest);
  }

  @Test
  void a_csv_manifest_gives_classes_splits_and_texts() throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 2, "dog");
    Files.delete(root.resolve("meta.json"));
    Path csv =
        DataSetFiles.write(
            root.resolve("pets.csv"),
            """
            path,class,split,text
            train/dog/0.png,"dog, big",learn,"a ""big"" dog"
            train/dog/1.png,"dog, big",learn,
            test/dog/0.png,"dog, big",probe,
            test/dog/1.png,"dog, big",unused,
            """);

    try (DataSet data = DataSet.open(csv)) {
      DataSetContents contents =
          data.contents(new DataSetOptions(Map.of(), List.of("{}"), null, "learn", "probe"));
      ClassContents dog = contents.named("dog, big").orElseThrow();
      assertThat(dog.texts()).containsExactly("a \"big\" dog");
      assertThat(dog.train()).hasSize(2);
      assertThat(dog.test()).hasSize(1);
      assertThat(data.read(dog.test().get(0))).isEqualTo(DataSetFiles.image("testdog0"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path,class,split\n../outside.png,dog,train\n",
        "path,class,split\n/etc/passwd,dog,train\n",
        "path,class,split\nmissing.png,dog,train\n",
        "path,class,split\nx.png,,train\n",
        "path,class,split\nx.png,dog\n",
        "file,label\nx.png,dog\n",
        "path,class,split\n\"x.png,dog,train\n",
        "path,class,split\nx.png,dog,train\nx.png,cat,train\n",
        ""
      })
  void a_broken_or_hostile_manifest_is_refused_by_name(String text) throws IOException {
    DataSetFiles.write(folder.resolve("outside.png"), DataSetFiles.image("secret"));
    Path csv = DataSetFiles.write(folder.resolve("set/list.csv"), text);
    DataSetOptions options =
        new DataSetOptions(Map.of("dog", List.of("a dog")), List.of(), null, null, null);

    try (DataSet data = DataSet.open(csv)) {
      assertThatThrownBy(() -> data.contents(options))
          .isInstanceOf(DataSetException.class)
          .hasMessageContaining(folder.resolve("set").toString());
    }
  }

  @Test
  void a_changed_missing_or_foreign_file_is_not_read() throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 2, "dog");
    DataSetFiles.write(folder.resolve("secret.png"), DataSetFiles.image("secret"));

    try (DataSet data = DataSet.open(root)) {
      FileDocument file = data.contents(DataSetOptions.NONE).classes().get(0).train().get(0);
      DataSetFiles.write(root.resolve(file.path()), DataSetFiles.image("changed"));
      assertThatThrownBy(() -> data.read(file))
          .isInstanceOf(DataSetException.class)
          .hasMessageContaining(file.path() + " has changed: expected SHA-256 " + file.sha256());
      Files.delete(root.resolve(file.path()));
      assertThatThrownBy(() -> data.read(file)).hasMessageContaining("is missing");
      String secret = CanonicalJson.sha256(DataSetFiles.image("secret"));
      for (String path : List.of("../secret.png", "train/../../secret.png", "/etc/passwd", "")) {
        assertThatThrownBy(() -> data.read(new FileDocument(path, secret)))
            .isInstanceOf(DataSetException.class)
            .hasMessageContaining("no plain path");
      }
    }
  }

  @Test
  void a_link_that_leads_out_of_the_folder_is_refused() throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 2, "dog");
    Path secret = DataSetFiles.write(folder.resolve("secret.png"), DataSetFiles.image("secret"));
    Path link = Files.createSymbolicLink(root.resolve("train/dog/link.png"), secret);

    assertThatThrownBy(() -> digest(root))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("link.png is a link that leads out of the data set");
    Files.delete(link);
    Files.createSymbolicLink(root.resolve("train/cat"), folder);
    assertThatThrownBy(() -> digest(root)).hasMessageContaining("leads out of the data set");
  }

  @Test
  void a_link_that_stays_inside_is_followed() throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 2, "dog");
    Files.createSymbolicLink(root.resolve("train/dog/again.png"), root.resolve("train/dog/0.png"));

    try (DataSet data = DataSet.open(root)) {
      assertThat(data.contents(DataSetOptions.NONE).fileCount()).isEqualTo(5);
    }
  }

  @Test
  void what_is_no_image_is_refused_by_name() throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 2, "dog");
    Path file = root.resolve("train/dog/notes.png");
    DataSetFiles.write(file, "just text");
    assertThatThrownBy(() -> digest(root))
        .hasMessage(file + " is no PNG, JPEG or GIF image; replace or remove it");
    DataSetFiles.write(file, "");
    assertThatThrownBy(() -> digest(root)).hasMessage(file + " is empty; replace or remove it");
  }

  @Test
  void what_lies_beside_the_class_folders_is_refused_unless_hidden() throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 2, "dog");
    DataSetFiles.write(root.resolve("train/.DS_Store"), "hidden");
    String digest = digest(root);
    assertThat(digest).hasSize(64);
    DataSetFiles.write(root.resolve("train/stray.png"), DataSetFiles.image("x"));
    assertThatThrownBy(() -> digest(root)).hasMessageContaining("lies beside the class folders");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"classes\":[{\"dir\":\"dog\"}]}",
        "{\"classes\":[{\"dir\":\"dog\",\"text\":\" \"}]}",
        "{\"classes\":[\"dog\",\"dog\"]}",
        "{\"classes\":[{\"text\":\"dog\"}]}",
        "{\"classes\":[\"dog\"],\"templates\":[\"a photo\"]}",
        "{\"classes\":[]}"
      })
  void a_broken_meta_json_is_refused(String meta) throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 2, "dog");
    Files.writeString(root.resolve("meta.json"), meta);

    assertThatThrownBy(() -> digest(root))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(root.toString());
  }

  @Test
  void texts_times_templates_are_bounded() throws IOException {
    Path root = DataSetFiles.folder(folder.resolve("pets"), 2, "dog");
    String many = "\"{}\",".repeat(40);
    String texts = "\"a dog\",".repeat(40);
    Files.writeString(
        root.resolve("meta.json"),
        "{\"templates\":[%s\"{}\"],\"classes\":[{\"dir\":\"dog\",\"texts\":[%s\"x\"]}]}"
            .formatted(many, texts));
    assertThatThrownBy(() -> digest(root))
        .hasMessage(root + ": 41 texts in 41 templates; at most 1000 prompts a class, remove some");
    Files.writeString(
        root.resolve("meta.json"), "{\"templates\":[\"{}{}\"],\"classes\":[\"dog\"]}");
    assertThatThrownBy(() -> digest(root)).hasMessageContaining("has not exactly one {}");
    Files.writeString(
        root.resolve("meta.json"),
        "{\"classes\":[\"dog\"],\"templates\":[\"{}%s\"]}".formatted("x".repeat(1_000)));
    assertThatThrownBy(() -> digest(root)).hasMessageContaining("a text has 1002 characters");
  }

  @Test
  void what_is_no_data_set_is_refused() throws IOException {
    Path text = DataSetFiles.write(folder.resolve("notes.txt"), "x");

    assertThatThrownBy(() -> DataSet.open(text))
        .hasMessage(
            text + " is no data set; give a folder, or a .zip, .csv, .npz or .safetensors file");
    assertThatThrownBy(() -> DataSet.open(folder.resolve("gone")))
        .hasMessageContaining("does not exist");
  }

  private static String digest(Path root) {
    try (DataSet data = DataSet.open(root)) {
      return data.digest();
    }
  }

  private static Map<String, byte[]> entries(Path root) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entries.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    entries.put("README", "not an image".getBytes(StandardCharsets.UTF_8));
    return entries;
  }
}
