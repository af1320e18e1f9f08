package org.latticelift.bench.study.scaling;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.latticelift.app.pipeline.MethodStage;
import org.latticelift.bench.study.scaling.MethodCost.StageTime;

/**
 * What a set of questions costs (EX-54): learning once and predicting every one, or for every one
 * the cheapest direct run that answers it. Means of a homogeneous system need no more than some
 * thousand sites, so that is the rival, and not a run as large as the system.
 *
 * @param learningSeconds core seconds of all stages up to the trained model
 * @param predictionSeconds core seconds of one prediction
 * @param rivals the direct runs, one for each condition
 */
public record Answers(double learningSeconds, double predictionSeconds, List<Rival> rivals) {
  /** Sites that suffice for means. */
  public static final long SITES = 8192;

  /** How many questions are asked. */
  public static final List<Long> QUESTIONS = List.of(1L, 10L, 100L, 1000L);

  private static final double HOUR = 3600;
  private static final Set<String> LEARNING = MethodStage.commands(MethodStage.Part.LEARNING);
  private static final Set<String> PREDICTION = MethodStage.commands(MethodStage.Part.PREDICTION);

  /**
   * A direct run.
   *
   * @param condition such as {@code T2000}
   * @param sites at least those that suffice
   * @param seconds core seconds of one run
   */
  public record Rival(String condition, long sites, double seconds) {}

  /**
   * From what stages have taken.
   *
   * @param times of all stages on one rank with one thread
   * @param predicted questions that their prediction has answered, at least 1
   * @param rivals the direct runs, at least one
   */
  public static Answers of(List<StageTime> times, int predicted, List<Rival> rivals) {
    return new Answers(sum(times, LEARNING), sum(times, PREDICTION) / predicted, rivals);
  }

  private static double sum(List<StageTime> times, Set<String> stages) {
    return times.stream()
        .filter(time -> stages.contains(time.stage()))
        .mapToDouble(StageTime::seconds)
        .sum();
  }

  /** Answers of the method, learning included; answers per core hour. */
  public double method(long questions) {
    return HOUR * questions / (learningSeconds + questions * predictionSeconds);
  }

  /** Core seconds of a direct run. */
  public double directSeconds() {
    return rivals.stream().mapToDouble(Rival::seconds).average().orElseThrow();
  }

  /**
   * Answers of direct runs, spread evenly over the conditions; answers per core hour, whatever
   * their number.
   */
  public double direct() {
    return HOUR / directSeconds();
  }

  /**
   * From how many questions on the method is cheaper; empty where a prediction takes as long as a
   * direct run.
   */
  public OptionalLong breakEven() {
    double saved = directSeconds() - predictionSeconds;
    return saved > 0
        ? OptionalLong.of(Math.max(1, (long) Math.ceil(learningSeconds / saved)))
        : OptionalLong.empty();
  }
}
