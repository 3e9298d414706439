package dev.sidelight.proxy.serve.job;

import dev.sidelight.proxy.serve.ExplainPlan;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.RunControl;
import java.util.UUID;

/** Explains the rows of one request, and puts what comes into the log. */
final class RowsWork implements Work {

  private final ExplainService service;
  private final ExplainPlan plan;
  private final ExplanationLog log;
  private final RunControl control = new RunControl();
  private volatile boolean dropped;

  RowsWork(ExplainService service, ExplainPlan plan, ExplanationLog log) {
    this.service = service;
    this.plan = plan;
    this.log = log;
  }

  @Override
  public JobResult run(UUID id, JobProgress progress) {
    progress.expect(plan.size(), (long) plan.options().budget().rowsMax() * plan.size());
    ExplainResult result = service.run(plan, id, control, progress);
    if (!dropped) {
      log.keep(result);
    }
    return new JobResult.Rows(result.light());
  }

  @Override
  public void stop() {
    control.stop();
  }

  @Override
  public void drop() {
    dropped = true;
    control.stop();
  }
}
