package io.autoseed.bench;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.autoseed.learning.encoder.BuiltinModel;
import io.autoseed.learning.encoder.Progress;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.CacheFolder;
import io.autoseed.learning.torch.NumericProfile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Image files to features, images a second, beside eager PyTorch and Pillow on one core. Rounds
 * alternate between the two, so that both meet the same other load; the ratio is the median over
 * the rounds of theirs through ours, once of wall time and once of processor time.
 *
 * <p>Arguments: {@code --python EXECUTABLE --script FILE}, optionally {@code --images N}, {@code
 * --rounds N}, {@code --out FILE}.
 */
public final class EncodeSpeed {
  private EncodeSpeed() {}

  public static void main(String[] arguments) throws IOException {
    Arguments options =
        new Arguments("EncodeSpeed", arguments, "python", "script", "images", "rounds");
    int count = options.whole("images", 60);
    int rounds = options.whole("rounds", 7);
    Path folder = Files.createTempDirectory("encode-speed");
    ObjectNode report = options.result();
    List<Path> files = sample(count, folder, report);
    report.put("images", files.size()).put("rounds", rounds);
    Path cache = CacheFolder.path();
    Progress progress = System.err::println;
    try (BuiltinModel model = BuiltinModel.open(cache, Device.cpu(), progress);
        PythonPeer peer = peer(options, cache, files, folder)) {
      measure(model, peer, files, rounds, report);
      report.put("largestDifference", difference(model, peer, files, folder));
    }
    options.write(report);
  }

  private static void measure(
      BuiltinModel model, PythonPeer peer, List<Path> files, int rounds, ObjectNode report)
      throws IOException {
    NumericProfile profile = NumericProfile.current();
    report.putObject("ours").put("torch", profile.torch()).put("profile", profile.name());
    report.set("theirs", peer.ready());
    for (int warming = 0; warming < 3; warming++) {
      encode(model, files);
    }
    double[] wall = new double[rounds];
    double[] processor = new double[rounds];
    ArrayNode measured = report.putArray("seconds");
    for (int round = 0; round < rounds; round++) {
      double processorBefore = processorSeconds();
      long wallBefore = System.nanoTime();
      encode(model, files);
      double ourWall = (System.nanoTime() - wallBefore) / 1e9;
      double ourProcessor = processorSeconds() - processorBefore;
      JsonNode theirs = peer.ask("go");
      wall[round] = theirs.path("wall").asDouble() / ourWall;
      processor[round] = theirs.path("processor").asDouble() / ourProcessor;
      ObjectNode row = measured.addObject();
      row.put("oursWall", ourWall).put("oursProcessor", ourProcessor);
      row.set("theirsWall", theirs.path("wall"));
      row.set("theirsProcessor", theirs.path("processor"));
    }
    summarise(measured, files.size(), report);
    report.put("ratioWall", median(wall)).put("ratioProcessor", median(processor));
  }

  /** Images a second of the best round, by both clocks. */
  private static void summarise(ArrayNode measured, int images, ObjectNode report) {
    for (String who : List.of("ours", "theirs")) {
      ObjectNode speed = ((ObjectNode) report.path(who)).putObject("imagesPerSecond");
      for (String clock : List.of("Wall", "Processor")) {
        double best = Double.MAX_VALUE;
        for (JsonNode row : measured) {
          best = Math.min(best, row.path(who + clock).asDouble());
        }
        speed.put(clock.toLowerCase(Locale.ROOT), images / best);
      }
    }
  }

  private static Tensor encode(BuiltinModel model, List<Path> files) throws IOException {
    List<byte[]> contents = new ArrayList<>(files.size());
    for (Path file : files) {
      contents.add(Files.readAllBytes(file));
    }
    return model.encodeImages(contents, i -> files.get(i).toString());
  }

  /** The largest difference between our features and theirs: both do the same work. */
  private static double difference(
      BuiltinModel model, PythonPeer peer, List<Path> files, Path folder) throws IOException {
    Path raw = folder.resolve("features.f32");
    peer.ask("features " + raw);
    FloatBuffer theirs =
        ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] ours = encode(model, files).floats();
    double largest = 0;
    for (int i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs(ours[i] - theirs.get(i)));
    }
    return largest;
  }

  private static List<Path> sample(int count, Path folder, ObjectNode report) throws IOException {
    var shared = SevenDomains.folder();
    report.put("sample", shared.isPresent() ? "five real data sets" : "generated, 500x375");
    return shared.isPresent()
        ? SampleImages.fromDataSets(shared.get(), count, folder)
        : SampleImages.generated(count, 500, 375, folder);
  }

  private static PythonPeer peer(Arguments options, Path cache, List<Path> files, Path folder)
      throws IOException {
    Path list = folder.resolve("files.txt");
    Files.write(list, files.stream().map(Path::toString).toList());
    List<String> command =
        List.of(
            options.text("python", "python3"),
            options.text("script", "bench/peers/encode_images.py"),
            BuiltinModel.imageWeights(cache).toString(),
            list.toString());
    return new PythonPeer(command, List.copyOf(NumericProfile.ENVIRONMENT.keySet()));
  }

  private static double processorSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
