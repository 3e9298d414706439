package dev.sidelight.proxy.serve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.proxy.serve.ServeException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeptJobsTest {

  private static final Jobs.Wish PLAIN = new Jobs.Wish(true, false, "");
  private static final JobAbout VERSIONED = new JobAbout("m", "7", "shap", false);
  private static final JobAbout UNVERSIONED = new JobAbout("m", "", "shap", false);

  private final KeptJobs kept = new KeptJobs(/* bytesMax= */ 10_000);
  private long now = 1_000_000;

  private Job job(JobAbout about, Work work) {
    return new Job(UUID.randomUUID(), about, work, true, () -> now);
  }

  private Job ended(JobAbout about, String key, int bytes, boolean whole) {
    Job job = job(about, new Fixed(new JobResult.Document(new byte[bytes], whole)));
    kept.add(job, key, PLAIN, now);
    job.run();
    return job;
  }

  private record Fixed(JobResult result) implements Work {
    @Override
    public JobResult run(UUID id, JobProgress progress) {
      return result;
    }

    @Override
    public void stop() {}
  }

  private static final class Failing implements Work {
    @Override
    public JobResult run(UUID id, JobProgress progress) {
      throw new PredictorException(PredictorException.Kind.CANCELLED, "stopped");
    }

    @Override
    public void stop() {}
  }

  @Test
  void repeated_sameQuestion_isTheSameJobForAsLongAsRowsAreCached() {
    Job versioned = ended(VERSIONED, "a", 10, true);
    Job unversioned = ended(UNVERSIONED, "b", 10, true);

    now += 59_000;
    assertThat(kept.repeated("a", VERSIONED, PLAIN, now)).contains(versioned);
    assertThat(kept.repeated("b", UNVERSIONED, PLAIN, now)).contains(unversioned);
    now += 2_000;
    assertThat(kept.repeated("a", VERSIONED, PLAIN, now)).contains(versioned);
    assertThat(kept.repeated("b", UNVERSIONED, PLAIN, now)).isEmpty();
    now += 600_000;
    assertThat(kept.repeated("a", VERSIONED, PLAIN, now)).isEmpty();
    assertThat(kept.repeated("c", VERSIONED, PLAIN, now)).isEmpty();
  }

  @Test
  void repeated_whileItRuns_isJoinedByWhoCanWaitAsLong() {
    Job running = job(VERSIONED, new Failing());
    kept.add(running, "a", PLAIN, now);

    assertThat(kept.repeated("a", VERSIONED, PLAIN, now)).contains(running);
    assertThat(kept.repeated("a", VERSIONED, new Jobs.Wish(false, false, ""), now)).isEmpty();
    running.drop();
    assertThat(kept.repeated("a", VERSIONED, PLAIN, now)).isEmpty();
  }

  @Test
  void repeated_whatWasCut_isMadeAnew() {
    ended(VERSIONED, "a", 10, /* whole= */ false);

    assertThat(kept.repeated("a", VERSIONED, PLAIN, now)).isEmpty();
  }

  @Test
  void repeated_anewOrOfAnotherAudience_isMadeAnew() {
    ended(VERSIONED, "a", 10, true);

    assertThat(kept.repeated("a", VERSIONED, new Jobs.Wish(true, true, ""), now)).isEmpty();
    assertThat(kept.repeated("a", new JobAbout("m", "7", "shap", true), PLAIN, now)).isEmpty();
  }

  @Test
  void repeated_idempotencyKey_isTheJobForADayAndNoOtherQuestion() {
    Jobs.Wish wish = new Jobs.Wish(true, false, "key");
    Job job = job(VERSIONED, new Failing());
    kept.add(job, "a", wish, now);
    job.run();

    now += 23L * 3600 * 1000;
    assertThat(kept.repeated("a", VERSIONED, wish, now)).as("also what failed").contains(job);
    ServeException conflict =
        catchThrowableOfType(ServeException.class, () -> kept.repeated("b", VERSIONED, wish, now));
    assertThat(conflict.code()).isEqualTo("idempotency_conflict");
  }

  @Test
  void find_afterADay_isForgottenButNotWhatStillRuns() {
    Job done = ended(VERSIONED, "a", 10, true);
    Job running = job(VERSIONED, new Failing());
    kept.add(running, "b", PLAIN, now);

    now += KeptJobs.KEPT_MILLIS;

    assertThat(kept.find(done.id(), now)).isEmpty();
    assertThat(kept.isForgotten(done.id())).isTrue();
    assertThat(kept.find(running.id(), now)).contains(running);
    assertThat(kept.isForgotten(UUID.randomUUID())).isFalse();
  }

  @Test
  void add_beyondTheMemory_forgetsTheOldestFirst() {
    Job first = ended(VERSIONED, "a", 6_000, true);
    Job second = ended(VERSIONED, "b", 3_000, true);
    Job third = ended(VERSIONED, "c", 3_000, true);

    assertThat(kept.find(first.id(), now)).isEmpty();
    assertThat(kept.find(second.id(), now)).contains(second);
    assertThat(kept.find(third.id(), now)).contains(third);
  }

  @Test
  void requireRoom_tooManyUnfinished_isRefused() {
    for (int i = 0; i < KeptJobs.UNFINISHED_MAX; i++) {
      kept.requireRoom(now);
      kept.add(job(VERSIONED, new Failing()), "k" + i, PLAIN, now);
    }

    ServeException refused =
        catchThrowableOfType(ServeException.class, () -> kept.requireRoom(now));

    assertThat(refused.code()).isEqualTo("quota_exceeded");
    assertThat(refused.retryAfterSeconds()).isPresent();
  }

  @Test
  void job_lifecycle_endsWhereItMust() {
    Job done = ended(VERSIONED, "a", 10, true);
    Job cancelled = job(VERSIONED, new Failing());
    cancelled.run();
    Job dropped = job(VERSIONED, new Fixed(new JobResult.Document(new byte[1], true)));
    dropped.drop();
    dropped.run();

    assertThat(done.state()).isEqualTo(JobState.DONE);
    assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
    assertThat(dropped.state()).isEqualTo(JobState.CANCELLED);
    assertThat(dropped.result()).as("nobody wants it").isEmpty();
    assertThat(done.eventsAfter(0)).last().extracting(JobEvent::name).isEqualTo("done");
  }

  @Test
  void job_leftByItsOnlyCaller_endsUnlessOthersWait() {
    Job job =
        new Job(UUID.randomUUID(), VERSIONED, new Failing(), /* detached= */ false, () -> now);
    job.joined();
    job.joined();

    job.left();
    assertThat(job.isDropped()).isFalse();
    job.left();
    assertThat(job.isDropped()).isTrue();
  }
}
