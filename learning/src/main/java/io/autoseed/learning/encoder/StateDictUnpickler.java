package io.autoseed.learning.encoder;

import io.autoseed.learning.tensor.ElementType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads the pickles inside a PyTorch state dict. Only the opcodes and the few names that such a
 * file needs are known; anything else ends the reading before it has an effect. Nothing is looked
 * up by name, imported or executed.
 */
final class StateDictUnpickler extends Unpickler {
  private static final int MAX_STRING = 1 << 16;

  private static final Map<String, IObjectConstructor> NAMES =
      Map.of(
          "collections.OrderedDict", arguments -> new LinkedHashMap<Object, Object>(),
          "torch._utils._rebuild_tensor_v2", TensorView::rebuild,
          "torch.FloatStorage", new StorageType(ElementType.F32),
          "torch.DoubleStorage", new StorageType(ElementType.F64),
          "torch.HalfStorage", new StorageType(ElementType.F16),
          "torch.IntStorage", new StorageType(ElementType.I32),
          "torch.LongStorage", new StorageType(ElementType.I64),
          "torch.ByteStorage", new StorageType(ElementType.U8));

  /** A storage class; named in a persistent id, never constructed. */
  private record StorageType(ElementType type) implements IObjectConstructor {
    @Override
    public Object construct(Object[] arguments) {
      throw new PickleException("a storage is named, not constructed, in a state dict");
    }
  }

  /** A flat array whose values follow the pickles in the file. */
  record Storage(String key, ElementType type, long elements) {}

  /** A strided window on a storage. Sizes, strides and offset count elements. */
  record TensorView(Storage storage, long offset, int[] shape, int[] strides) {
    static TensorView rebuild(Object[] arguments) {
      if (arguments.length < 4 || !(arguments[0] instanceof Storage storage)) {
        throw new PickleException("a tensor needs a storage, an offset, sizes and strides");
      }
      return new TensorView(
          storage, integer(arguments[1]), integers(arguments[2]), integers(arguments[3]));
    }
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    switch (opcode) {
      case Opcodes.PROTO, Opcodes.STOP, Opcodes.MARK, Opcodes.NONE -> {}
      case Opcodes.NEWTRUE, Opcodes.NEWFALSE, Opcodes.LONG1 -> {}
      case Opcodes.BININT, Opcodes.BININT1, Opcodes.BININT2 -> {}
      case Opcodes.EMPTY_TUPLE, Opcodes.TUPLE, Opcodes.TUPLE1, Opcodes.TUPLE2 -> {}
      case Opcodes.TUPLE3, Opcodes.EMPTY_DICT, Opcodes.EMPTY_LIST -> {}
      case Opcodes.SETITEM, Opcodes.SETITEMS, Opcodes.APPEND, Opcodes.APPENDS -> {}
      case Opcodes.BINPUT, Opcodes.LONG_BINPUT, Opcodes.BINGET, Opcodes.LONG_BINGET -> {}
      case Opcodes.REDUCE, Opcodes.BINPERSID -> {}
      case Opcodes.BINUNICODE -> {
        stack.add(text());
        return NO_RETURN_VALUE;
      }
      case Opcodes.GLOBAL -> {
        stack.add(named(PickleUtils.readline(input) + "." + PickleUtils.readline(input)));
        return NO_RETURN_VALUE;
      }
      case Opcodes.BUILD -> {
        stack.pop(); // Attributes of the dict: module versions, without meaning here.
        return NO_RETURN_VALUE;
      }
      default -> throw new PickleException("opcode " + opcode + " has no place in a state dict");
    }
    return super.dispatch(opcode);
  }

  @Override
  protected Object persistentLoad(Object id) {
    if (id instanceof Object[] parts
        && parts.length >= 5
        && "storage".equals(parts[0])
        && parts[1] instanceof StorageType type
        && parts[2] instanceof String key
        && (parts.length == 5 || parts[5] == null)) {
      return new Storage(key, type.type(), integer(parts[4]));
    }
    throw new PickleException("a persistent id must name a whole storage");
  }

  private String text() throws IOException {
    int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(input, 4));
    if (length < 0 || length > MAX_STRING) {
      throw new PickleException("a string of " + Integer.toUnsignedString(length) + " bytes");
    }
    return new String(PickleUtils.readbytes(input, length), StandardCharsets.UTF_8);
  }

  private static IObjectConstructor named(String name) {
    IObjectConstructor known = NAMES.get(name);
    if (known == null) {
      throw new PickleException("refused to load '" + name + "': not part of a state dict");
    }
    return known;
  }

  private static long integer(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new PickleException("expected an integer, found " + value);
  }

  private static int[] integers(Object tuple) {
    if (!(tuple instanceof Object[] values) || values.length > 8) {
      throw new PickleException("expected a tuple of at most 8 integers");
    }
    int[] result = new int[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.toIntExact(integer(values[i]));
    }
    return result;
  }
}
