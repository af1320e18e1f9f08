package org.latticelift.learn.barrierfit;

import java.util.List;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskDistributor;
import org.latticelift.learn.barrierfit.BarrierSampleStage.SampleConfig;
import org.latticelift.learn.barrierfit.BarrierSampleStage.TableSampler;
import org.latticelift.sim.vacancy.barrier.BarrierModel;

/** Small tables for tests. */
final class Tables {
  static final String GROUPS =
      """
      fresh_environments: 20
      groups:
        - {name: simulated, kind: kmc, share: 2, members: 3, cells: 5, min_vacancies: 1,
           max_vacancies: 3, composition: {dirichlet: 1},
           stages: [{temperature_K: 2000, jumps: 300},
                    {temperature_K: 600, temperature_to_K: 900, jumps: 300}]}
        - {name: random, kind: random, share: 5, vacancies: {probability: 0.3, max: 4, decay: 1}}
        - {name: ordered, kind: sublattices, share: 2, pairs: [[Mo, Ta], [Nb, Mo]]}
        - {name: dilute, kind: solute, share: 1}
      """;

  private Tables() {}

  static TableSampler sampler(int environments, int threads) {
    return sampler(new SumBarrier(), environments, threads);
  }

  static TableSampler sampler(BarrierModel teacher, int environments) {
    return sampler(teacher, environments, 1);
  }

  private static TableSampler sampler(BarrierModel teacher, int environments, int threads) {
    ConfigNode node = ConfigNode.parse("environments: " + environments + "\n" + GROUPS, "test");
    SampleConfig spec = Binder.bind(node, SampleConfig.class);
    SampleContext context = new SampleContext(teacher, spec.species(), StopSignal.none());
    TaskDistributor tasks = TaskDistributor.threads(threads, StopSignal.none());
    return new TableSampler(spec, context, 7, threads, tasks, ProgressFactory.quiet());
  }

  static BarrierTable table(int environments) {
    return table(sampler(environments, 1));
  }

  static BarrierTable table(TableSampler sampler) {
    return sampler.table(sampler.members(), origin());
  }

  static TableOrigin origin() {
    return TableOrigin.of("test", "sum", 3);
  }

  static BarrierTable withOrigin(BarrierTable table, TableOrigin origin) {
    return new BarrierTable(
        table.sites(),
        table.hops(),
        table.speciesNames(),
        table.environment(),
        table.barrier(),
        table.category(),
        table.categoryNames(),
        origin);
  }

  static FitConfig fit(String more) {
    return Binder.bind(ConfigNode.parse(more, "test"), FitConfig.class);
  }

  static List<Integer> codes(BarrierTable table, int environment) {
    List<Integer> codes = new java.util.ArrayList<>();
    for (int i = 0; i < table.sites(); i++) {
      codes.add((int) table.environment()[environment * table.sites() + i]);
    }
    return codes;
  }
}
