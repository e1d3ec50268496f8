package io.autoseed.worker.cli;

import ai.djl.Device;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.phase.TrainedModel;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Digests;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.learning.encoder.BuiltinModel;
import io.autoseed.learning.encoder.Embeddings;
import io.autoseed.learning.encoder.ModelFiles;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.worker.process.StackConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the trunk's embeddings of images and texts, for use elsewhere. */
@Command(
    name = "embed",
    description = {
      "Write what the frozen encoders make of images and texts to a safetensors file.",
      "It has a row each, image [n, 1280] and text [m, 384]; with a run also image_joint and",
      "text_joint [., 512], in the joint space that it learned in."
    })
final class EmbedCommand extends AutoseedCommand {
  /** The model as {@code models} lists it: its embeddings belong to no run. */
  private static final String BUILTIN = "builtin";

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "REF",
      description = "builtin; or a run, RUN@TASK or MODEL/VERSION, for its joint space.")
  private String model;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "A PNG, JPEG or GIF file; may be repeated.")
  private List<Path> images = new ArrayList<>();

  @Option(names = "--text", paramLabel = "TEXT", description = "A text; may be repeated.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The safetensors file to write.")
  private Path out;

  EmbedCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  /** An image and its file's digest; its row is its place in the list. */
  record Embedded(String image, String sha256) {}

  /**
   * What {@code embed --json} prints.
   *
   * @param encoder digest of the encoders
   * @param tensors shapes by name
   */
  record Document(
      String model,
      String encoder,
      String out,
      SortedMap<String, List<Integer>> tensors,
      List<Embedded> images,
      List<String> texts) {}

  @Override
  public Integer call() {
    if (images.isEmpty() && texts.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "expected an --image or a --text to embed, found neither");
    }
    requireWritable();
    List<byte[]> files = images.stream().map(ImageFiles::read).toList();
    Optional<Tensor> centre = model.equals(BUILTIN) ? Optional.empty() : Optional.of(centre());
    Path cache = StackOptions.of(surroundings.home()).cache();
    ModelFiles.ensure(cache, terminal()::say);
    try (BuiltinModel builtin = BuiltinModel.open(cache, Device.cpu())) {
      TensorBundle embedded =
          Embeddings.of(builtin, files, index -> images.get(index).toString(), texts, centre);
      write(embedded);
      Document document =
          new Document(
              model,
              builtin.encoderDigest(),
              out.toString(),
              shapes(embedded),
              IntStream.range(0, files.size())
                  .mapToObj(
                      i -> new Embedded(images.get(i).toString(), Digests.sha256(files.get(i))))
                  .toList(),
              texts);
      print(document, text(document));
    }
    return ExitCode.DONE;
  }

  private Tensor centre() {
    StackAddresses stack = surroundings.running().addresses();
    try (ArtifactStore store = StackConnections.store(stack);
        Catalog catalog = StackConnections.catalog(stack)) {
      return TrainedModel.centre(
          store, catalog, StackConnections.cache(surroundings.home()), model);
    }
  }

  /** Encoding takes its time: where nothing can be written is said before. */
  private void requireWritable() {
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(out)) {
      throw new CommandFailure("--out " + out + " is a folder: give the file to write");
    }
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure("--out %s: there is no folder %s".formatted(out, folder));
    }
    if (!Files.isWritable(folder)) {
      throw new CommandFailure("--out %s: the folder %s is not writable".formatted(out, folder));
    }
  }

  /** What was there before stays until all is written. */
  private void write(TensorBundle embedded) {
    Path part = out.resolveSibling(out.getFileName() + ".part");
    try {
      Files.write(part, SafeTensors.encode(embedded));
      Files.move(part, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure(out + " cannot be written (" + e + ")", e);
    }
  }

  private static SortedMap<String, List<Integer>> shapes(TensorBundle embedded) {
    SortedMap<String, List<Integer>> shapes = new TreeMap<>();
    embedded
        .tensors()
        .forEach(
            (name, tensor) -> shapes.put(name, Arrays.stream(tensor.shape()).boxed().toList()));
    return shapes;
  }

  private static String text(Document document) {
    StringBuilder text = new StringBuilder(document.out()).append('\n');
    document
        .tensors()
        .forEach((name, shape) -> text.append("  %-12s float32 %s%n".formatted(name, shape)));
    return text.toString();
  }
}
