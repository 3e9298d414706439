package dev.sidelight.bench;

import dev.sidelight.core.codec.Body;
import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.core.codec.InferenceCodec;
import dev.sidelight.core.codec.InferenceCodecs;
import dev.sidelight.core.codec.InferenceRequest;
import dev.sidelight.core.tensor.Instances;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** JSON of one row and of a batch of 1,000, 30 FP32 features each, read and written. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class CodecBench {

  @Param({"v1", "v2"})
  public String codec = "v2";

  @Param({"1", "1000"})
  public int rows = 1;

  private Prepared at = new Prepared("v2", 1);

  private record Prepared(
      InferenceCodec codec, Body request, Body response, InferenceRequest decoded) {

    Prepared(String word, int rows) {
      this(
          InferenceCodecs.of(word, CodecLimits.defaults()).orElseThrow(),
          Body.json(new Bodies(rows).request(word)),
          Body.json(new Bodies(rows).response(word)));
    }

    private Prepared(InferenceCodec codec, Body request, Body response) {
      this(codec, request, response, codec.decodeRequest(request));
    }
  }

  @Setup
  public void prepare() {
    at = new Prepared(codec, rows);
  }

  @Benchmark
  public InferenceRequest decodeRequest() {
    return at.codec().decodeRequest(at.request());
  }

  @Benchmark
  public byte[] encodeRequest() {
    return at.codec().encodeRequest(at.decoded().instances(), at.decoded().envelope(), "a-1", true);
  }

  @Benchmark
  public Instances decodeResponse() {
    return at.codec().decodeResponse(at.response());
  }
}
