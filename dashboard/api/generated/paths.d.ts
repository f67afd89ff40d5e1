/** The operations of `openapi.json` as types. Generated: tools/openapi.ts. */
export interface paths {
  "/api/v1/sweeps": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All sweeps, the newest first */
    get: operations["listSweeps"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/snapshot": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the overview shows; `asOf` is where the stream goes on, a filter chooses curves */
    get: operations["getSnapshot"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/panels": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** History, rungs, Pareto front and importance in brief */
    get: operations["getPanels"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/events": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What has happened, the newest first */
    get: operations["listEvents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/events": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The newest events of all sweeps */
    get: operations["listAllEvents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/timeline": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who trained which pack when */
    get: operations["getTimeline"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/trace.json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The timeline in Chrome's trace format, for Perfetto */
    get: operations["getTrace"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/trials": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A page of the trials that were chosen, in order */
    get: operations["listTrials"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/trials.csv": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All trials that were chosen, as CSV */
    get: operations["exportTrialsCsv"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/trials.jsonl": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All trials that were chosen, as JSON lines */
    get: operations["exportTrialsJsonLines"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/trials.parquet": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All trials that were chosen, as Parquet */
    get: operations["exportTrialsParquet"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/trials/{trial}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Everything about one trial */
    get: operations["getTrial"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/trials/{trial}/images/{image}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An example that the trial's network mistook */
    get: operations["getTrialImage"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/trials/{trial}/model.safetensors": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The trained network */
    get: operations["getTrialModel"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/compare": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Some trials side by side */
    get: operations["compareTrials"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/curves": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Learning curves: whole ones, or with `points` what the Curves page shows */
    get: operations["getCurves"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/curves.csv": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every point of some trials' curves, or with `points` the Curves page's lines */
    get: operations["exportCurvesCsv"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/params": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Configurations against their results: lines, heat map, slices, importance */
    get: operations["getParameters"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/pause": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Start no more packs; those that are trained go on */
    post: operations["pauseSweep"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/resume": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Let a paused sweep go on */
    post: operations["resumeSweep"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/stop": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Cancel everything that is not done; this is final */
    post: operations["stopSweep"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/retry": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Train failed trials again */
    post: operations["retryTrials"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/extend": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ask for more values, wider ranges, more replicates or more trials */
    post: operations["extendSweep"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/enqueue": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Try a configuration, with all its replicates */
    post: operations["enqueueTrial"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sweeps/{sweep}/trials/{trial}/stop": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Cancel a trial that is not done, while the sweep goes on */
    post: operations["stopTrial"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/workers/{worker}/drain": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Have a worker give its packs back, each with a checkpoint, and end */
    post: operations["drainWorker"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/fleet": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All workers, and what they train */
    get: operations["getFleet"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/stream": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** News as server-sent events; resumed by `Last-Event-ID` or `after` */
    get: operations["followEvents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/links": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A link that signs one browser in, once; only where a token guards the dashboard */
    post: operations["createLoginLink"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/healthz": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the dashboard serves */
    get: operations["getHealth"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description What went wrong with a request. */
    Problem: {
      /** @constant */
      type: "about:blank";
      title: string;
      status: number;
      detail: string;
      /** @description What the request is called in the dashboard's log and in the answer's `X-Request-Id`. */
      requestId?: string;
    };
    /** @description That the dashboard serves. */
    Health: {
      /** @constant */
      status: "ok";
      version: string;
    };
    /** @description The sweep list. */
    SweepsSnapshot: {
      now: number;
      sweeps: components["schemas"]["SweepRow"][];
      /** @description Which of all sweeps the first row is, from 1; 0: there is none. */
      first: number;
      total: number;
      /** @description From 1. */
      page: number;
      pages: number;
      /** @description Where workers join; null: nobody told. */
      address: string | null;
    };
    /** @description One line of the sweep list. */
    SweepRow: {
      /** @constant */
      kind: "readable";
      sweep: string;
      name: string;
      createdAt: number;
      progress: components["schemas"]["Progress"];
      metric: string;
      /** @description How many there are: the metric is the first. */
      objectives: number;
      best: components["schemas"]["Score"] | null;
      spark: components["schemas"]["Spark"] | null;
      /** @description At work on it now; of a sweep that is over, those that took part. */
      workers: number;
      dataset: string;
    } | {
      /** @constant */
      kind: "unreadable";
      sweep: string;
      message: string;
    };
    /** @description How far a sweep is. */
    Progress: {
      status: components["schemas"]["ShownStatus"];
      counts: {
        asked: number;
        queued: number;
        running: number;
        paused: number;
        completed: number;
        pruned: number;
        failed: number;
        cancelled: number;
      };
      /** @description The time of the last journal entry. */
      updatedAt: number;
      endedAt: number | null;
      /** @description The time in which nobody worked on it, as far as it is over. */
      idleMs: number;
      /** @description From the epochs of the last minute; null where nothing can be said. */
      etaMs: number | null;
      epochsTrained: number;
      /** @description Null also where nobody knows what a step is. */
      laneStepsPerSecond: number | null;
      epochsPerMinute: number | null;
      /** @description Why the journal cannot be followed at present; null: it can. */
      trouble: string | null;
      /** @description The last that somebody asked for, with who; null: nothing since the start. */
      deed: {
        text: string;
        at: number;
      } | null;
    };
    /** @description A sweep's status; a running one that nobody coordinates is interrupted. */
    ShownStatus: components["schemas"]["SweepStatus"] | "interrupted";
    /**
     * @description Where a sweep is in its life.
     * @enum {string}
     */
    SweepStatus: "running" | "paused" | "completed" | "failed" | "cancelled";
    /** @description A mean over replicates with its uncertainty. */
    Score: {
      mean: number;
      sd: number | null;
      n: number;
      ci95: components["schemas"]["Range"] | null;
      /** @enum {string} */
      estimator: "t" | "wilson" | "none";
    };
    /** @description Two ends, lower first. */
    Range: [
      number,
      number,
    ];
    /** @description How the best so far got on, drawn by the server: from the first result to the last. */
    Spark: {
      path: string;
      first: number;
      improvements: number;
    };
    /** @description A sweep at one place of its journal. */
    OverviewSnapshot: {
      /** @description The id of the last live event that this includes. */
      asOf: string;
      /** @description The server's clock. */
      now: number;
      facts: components["schemas"]["SweepFacts"];
      live: components["schemas"]["LiveState"];
    };
    /** @description What a sweep is asked to do: only an extension changes it. */
    SweepFacts: {
      sweep: string;
      name: string;
      description: string | null;
      metric: string;
      /** @description Null: there is none. */
      testMetric: string | null;
      /** @enum {string} */
      goal: "maximize" | "minimize";
      /** @description What else is optimised, by name. */
      otherObjectives: string[];
      createdAt: number;
      /** @description Names of the parameters that differ between configurations. */
      varied: string[];
      /** @description The search space, in words. */
      parameters: components["schemas"]["Setting"][];
      /** @description Data, method, seed and the like, in words. */
      details: components["schemas"]["Setting"][];
    };
    /** @description One value of a trial's configuration, as text. */
    Setting: {
      name: string;
      value: string;
    };
    /** @description All that changes while a sweep runs. */
    LiveState: {
      progress: components["schemas"]["Progress"];
      best: components["schemas"]["BestConfiguration"] | null;
      leaderboard: components["schemas"]["Leaderboard"];
      failures: components["schemas"]["Failures"];
      workers: components["schemas"]["WorkerRow"][];
      selection: components["schemas"]["CurveSelection"];
    };
    /** @description The best configuration in full. */
    BestConfiguration: {
      row: components["schemas"]["LeaderRow"];
      settings: components["schemas"]["Setting"][];
      test: components["schemas"]["Score"] | null;
      /** @description Runs this one configuration again; `FILE` stands for the sweep file. */
      command: string;
      /** @description The hyperparameters as JSON. */
      json: string;
      /** @description Predicts with the best trial's model; null: none is kept, or it is a module's. */
      predict: string | null;
      /** @description Where the model is fetched from. */
      model: string | null;
    };
    /** @description One configuration's place. */
    LeaderRow: {
      rank: number;
      /** @description Cannot be told from the best, where anything was compared and nobody has won. */
      isTied: boolean;
      configuration: number;
      trial: number;
      /** @description Values of the varied parameters, in the order of `SweepFacts.varied`. */
      values: string[];
      /** @description Null: diverged. */
      score: components["schemas"]["Score"] | null;
      completed: number;
      asked: number;
      test: number | null;
      /** @description Means of `SweepFacts.otherObjectives`; null: diverged, or never reported. */
      others: (number | null)[];
      epochs: number;
    };
    /** @description The first rows of the ranking. */
    Leaderboard: {
      rows: components["schemas"]["LeaderRow"][];
      total: number;
      /** @description How many besides the first cannot be told from it. */
      tied: number;
      /** @description What the ranking allows to be said, a sentence each. */
      conclusion: string[];
    };
    /** @description The first failed trials, out of all. */
    Failures: {
      rows: components["schemas"]["FailureRow"][];
      total: number;
    };
    /** @description A trial that has failed. */
    FailureRow: {
      trial: number;
      /** @description The values of the varied parameters. */
      label: string;
      attempts: number;
      kind: string;
      message: string;
    };
    /** @description A worker, as it presents itself or as the journal remembers it. */
    WorkerRow: {
      worker: string;
      /** @enum {string} */
      state: "training" | "idle" | "draining" | "quarantined" | "gone";
      host: string | null;
      backend: string;
      /** @description Why this backend. */
      reason: string | null;
      refused: components["schemas"]["Setting"][];
      /** @description Sweeps that give it no more packs, this one first, and why. */
      quarantined: components["schemas"]["Setting"][];
      /** @description Packs of this sweep that it holds, and the lanes in them. */
      packs: number;
      lanes: number;
      /** @description Packs of this sweep that it ever leased. */
      packsLeased: number;
      laneStepsPerSecond: number | null;
      lastSeenAt: number;
    };
    /** @description Which curves are drawn, and out of how many. */
    CurveSelection: {
      curves: components["schemas"]["CurveRef"][];
      /** @description Ranked configurations and running trials that the filter lets through. */
      ranked: number;
      running: number;
      /** @description Trials that wait at a rung, of those that the filter lets through. */
      paused: number;
      /** @description Ranked configurations and running trials in all; null: nothing is filtered. */
      unfiltered: {
        ranked: number;
        running: number;
      } | null;
      metrics: string[];
    };
    /** @description A trial whose curve is drawn. */
    CurveRef: {
      trial: number;
      /** @description Its place in the ranking; null: it has none yet. */
      rank: number | null;
      /**
       * @description Whether it waits at a rung for the next; absent: no.
       * @constant
       */
      isPaused?: true;
      label: string;
    };
    /** @description All panels. */
    Panels: {
      facts: components["schemas"]["SweepFacts"];
      /** @description The server's clock. */
      now: number;
      isOver: boolean;
      history: components["schemas"]["OptimisationHistory"];
      /** @description What the charts are about. */
      filter: unknown;
      /** @description Null: nothing is filtered. */
      filtered: components["schemas"]["FilteredConfigurations"] | null;
      /** @description Null: nothing stops trials early. */
      rungs: components["schemas"]["Rungs"] | null;
      /** @description Null: there is one objective, or no result. */
      plane: components["schemas"]["ObjectivePlane"] | null;
      importance: components["schemas"]["ImportanceBrief"];
      timeline: components["schemas"]["Timeline"];
      ticker: components["schemas"]["Ticker"];
    };
    /** @description How the search got on. */
    OptimisationHistory: {
      metric: string;
      goal: components["schemas"]["Goal"];
      /** @description Configurations that have ended: completed, diverged or pruned. */
      ended: number;
      completed: number;
      /** @description Empty where bins are drawn. */
      marks: components["schemas"]["HistoryMark"][];
      bins: components["schemas"]["HistoryBin"][];
      /** @description Where the best mean so far changed, and to what. */
      best: components["schemas"]["HistoryStep"][];
      /** @description How often it changed, drawn or not. */
      improvements: number;
      diverged: components["schemas"]["HistoryLane"];
      pruned: components["schemas"]["HistoryLane"];
      /** @description What is drawn of the objective; means beyond it lie on its edge. */
      range: components["schemas"]["Range"];
      beyond: number;
    };
    /**
     * @description Whether a larger or a smaller value of the metric is better.
     * @enum {string}
     */
    Goal: "maximize" | "minimize";
    /** @description A configuration that has completed, where it did in the order of all that have ended. */
    HistoryMark: {
      /** @description From 1. */
      place: number;
      configuration: number;
      trial: number;
      mean: number;
      /** @description The lowest and the highest of its replicates; null: there is one. */
      spread: components["schemas"]["Range"] | null;
      runs: number;
    };
    /** @description Neighbours in that order, taken together; values are null where none of them has completed. */
    HistoryBin: {
      places: components["schemas"]["Range"];
      completed: number;
      min: number | null;
      median: number | null;
      max: number | null;
    };
    /** @description A new best mean. */
    HistoryStep: {
      place: number;
      value: number;
      trial: number;
    };
    /** @description Places that share a lane: where they are, and how many. */
    HistoryLane: {
      count: number;
      /** @description From first to last place, of ends that are too near each other to be told apart. */
      places: components["schemas"]["Range"][];
    };
    /** @description Configurations in the ranking of which the filter lets a trial through, out of how many. */
    FilteredConfigurations: {
      ranked: number;
      of: number;
    };
    /** @description The rungs of a sweep with early termination. */
    Rungs: {
      /** @description The scheduler, in words. */
      scheduler: string;
      rows: components["schemas"]["RungRow"][];
      /** @description Rungs that there are, listed or not. */
      total: number;
      pruned: number;
      completed: number;
      metric: string;
      goal: components["schemas"]["Goal"];
    };
    /** @description What became of the trials that reached a rung. */
    RungRow: {
      epoch: number;
      reached: number;
      wentOn: number;
      waiting: number;
      pruned: number;
      /** @description The best of the first objective there; null: none was finite. */
      best: number | null;
      bestTrial: number | null;
    };
    /** @description Two objectives against each other. */
    ObjectivePlane: {
      objectives: {
        name: string;
        goal: components["schemas"]["Goal"];
      }[];
      x: components["schemas"]["PlaneAxis"];
      y: components["schemas"]["PlaneAxis"];
      /** @description What is drawn: all of the front, and as many of the others as differ by what can be seen. */
      points: components["schemas"]["PlanePoint"][];
      /** @description The corners of the front of these two objectives, by x. */
      steps: components["schemas"]["Range"][];
      /** @description Configurations on the front of all objectives. */
      front: number;
      /** @description With a result in all objectives, and those that diverged or lack one. */
      measured: number;
      excluded: number;
      /** @description Null: not computed, because so many points in so many objectives would take too long. */
      hypervolume: number | null;
      /** @description Up to where volumes count, in the order of the objectives. */
      reference: number[];
    };
    /** @description One of a sweep's objectives, with the part of it that is drawn. */
    PlaneAxis: {
      name: string;
      goal: components["schemas"]["Goal"];
      range: components["schemas"]["Range"];
    };
    /** @description A configuration by two objectives. */
    PlanePoint: {
      trial: number;
      configuration: number;
      x: number;
      y: number;
      runs: number;
      /** @description Whether no other dominates it, by all objectives. */
      isFront: boolean;
    };
    /** @description The parameters that matter most. */
    ImportanceBrief: {
      estimator: components["schemas"]["ImportanceEstimator"];
      /** @description Configurations behind it. */
      n: number;
      parameters: {
        name: string;
        share: number;
        interval: components["schemas"]["Range"] | null;
      }[];
      /** @description Parameters that vary, listed or not. */
      total: number;
    };
    /**
     * @description The name of an estimator.
     * @enum {string}
     */
    ImportanceEstimator: "ped-anova" | "fanova";
    /** @description The part of a timeline that a query is for. */
    Timeline: {
      query: components["schemas"]["TimelineQuery"];
      /** @description How long the sweep has lasted, in milliseconds. */
      lengthMs: number;
      /** @description What is shown, in milliseconds from the sweep's start. */
      window: components["schemas"]["Range"];
      workers: components["schemas"]["TimelineWorker"][];
      /** @description Workers in the window, listed or not. */
      workersInWindow: number;
      /** @description Bars that are drawn, and attempts in the window. */
      drawn: number;
      inWindow: number;
      /** @description Attempts of the whole sweep. */
      total: number;
      /** @description In the window. */
      packs: number;
      again: number;
      byOutcome: components["schemas"]["Readonly_Record_AttemptOutcome_number"];
      busyShare: number | null;
    };
    /** @description Seconds from the sweep's start, below 0 from its end; null: as far as there is something. */
    TimelineQuery: {
      from: number | null;
      to: number | null;
    };
    /** @description One worker's rows. */
    TimelineWorker: {
      worker: string;
      backend: string;
      /** @description Of the window, from its first pack on, the share in which its slots trained; null: not there. */
      busyShare: number | null;
      /** @description The part of the window in which it was there: what is free of work in it is idle time. */
      lived: components["schemas"]["Range"];
      /** @description Attempts in the window. */
      attempts: number;
      rows: components["schemas"]["TimelineRow"][];
    };
    /** @description What a worker did in one of its slots. */
    TimelineRow: {
      /** @description From 0. */
      slot: number;
      /** @description When it trained, whatever is drawn as bars: apart by more than the eye can tell. */
      busy: components["schemas"]["Range"][];
      bars: components["schemas"]["TimelineBar"][];
    };
    /** @description One attempt at a pack. Times are milliseconds from the sweep's start. */
    TimelineBar: {
      pack: number;
      attempt: number;
      lanes: number;
      /** @description How many times its lease was delivered, from 1. */
      delivery: number;
      from: number;
      /** @description Its end, or the present where it goes on. */
      to: number;
      outcome: components["schemas"]["AttemptOutcome"];
      message: string | null;
    };
    /**
     * @description How an attempt at a pack ended, or that it goes on.
     * @enum {string}
     */
    AttemptOutcome: "completed" | "running" | "lost" | "returned" | "failed" | "split" | "stopped";
    /** @description Make all properties in T readonly */
    Readonly_Record_AttemptOutcome_number: {
      completed: number;
      running: number;
      lost: number;
      returned: number;
      failed: number;
      split: number;
      stopped: number;
    };
    /** @description The last events. */
    Ticker: {
      rows: components["schemas"]["EventRow"][];
      total: number;
    };
    /** @description An event in a line. */
    EventRow: {
      /** @description Its number in the sweep, from 0, epoch reports left out. */
      number: number;
      at: number;
      kind: string;
      text: string;
      /** @description The better result than all before it. */
      isBest: boolean;
      trial: number | null;
      worker: string | null;
      /** @description The event as it is in the journal; long lists are cut, and say so. */
      json: string;
    };
    /** @description Curves as they are; where somebody asks for buckets (`points`), cut, chosen and grouped. */
    Curves: components["schemas"]["CurvesAnswer"] | components["schemas"]["CurvesView"];
    /** @description The answer to a question for curves. */
    CurvesAnswer: {
      asOf: string;
      metric: string;
      series: components["schemas"]["CurveSeries"][];
    };
    /** @description One curve of one metric: epochs ascend. */
    CurveSeries: {
      trial: number;
      /** @description Points that were reported; where these are more, the lowest, highest and last are here. */
      reported: number;
      points: [
        number,
        number,
      ][];
    };
    /** @description The curves that a query asks for, cut into buckets. */
    CurvesView: {
      asOf: string;
      query: components["schemas"]["CurvesQuery"];
      metric: string;
      metrics: string[];
      /** @description Parameters that trials can be grouped by. */
      parameters: string[];
      /** @description Whether steps are known. */
      hasSteps: boolean;
      /** @description What the filter among the query's fields lets through. */
      filter: unknown;
      /** @description Why the choice cannot be read; then nothing is drawn. */
      problem: string | null;
      lines: components["schemas"]["CurveLine"][];
      /** @description Trials with a curve that the choice is about, and how many of them the lines stand for. */
      matching: number;
      drawn: number;
      /** @description Groups that there are; null: trials are drawn. */
      groups: number | null;
      /** @description What x can be, and what is shown of it. */
      whole: components["schemas"]["Range"];
      range: components["schemas"]["Range"];
      /** @description Values that an axis by logarithms has no place for. */
      unshown: number;
      /** @description What the names of a filter can be. */
      names: string[];
    };
    /** @description A choice of trials, and how their curves are drawn. */
    CurvesQuery: {
      /** @description Null: the objective. */
      metric: string | null;
      show: components["schemas"]["Shown"];
      top: number;
      /** @description Trials that were named; then `show` and `top` do not matter. */
      trials: number[];
      /** @description Comparisons; see `trial_filter.ts`. */
      text: string;
      /** @description As on the Trials page: a state, a worker, a pack; null: all. */
      state: string | null;
      worker: string | null;
      pack: number | null;
      /** @description The parameter whose values are told apart; null: every trial has its own line. */
      group: string | null;
      x: components["schemas"]["CurveX"];
      /** @description The weight of the moving average, from 0 to below 1. */
      smooth: number;
      isLogX: boolean;
      isLogY: boolean;
      /** @description The part of x that is shown: epochs, steps or seconds; null: as far as there is something. */
      from: number | null;
      to: number | null;
    };
    /**
     * @description Which trials are looked at.
     * @enum {string}
     */
    Shown: "best" | "all" | "running" | "troubled";
    /**
     * @description What x is.
     * @enum {string}
     */
    CurveX: "epoch" | "step" | "samples" | "wall" | "relative";
    /** @description One line: a trial's curve, or what the curves of a parameter's value have in common. */
    CurveLine: {
      /** @description The trial; null: a group. */
      trial: number | null;
      /** @description Its place, its state, or how many trials a group has. */
      tag: string;
      label: string;
      /** @description Finite points in the range, of all trials of the line, and reported at all. */
      inRange: number;
      reported: number;
      /** @description A place for each bucket; where `n` is 0 it is outside of the range. */
      x: number[];
      /** @description Points in the bucket; of a group: trials. */
      n: number[];
      /** @description The last value (smoothed if asked for); of a group the median. */
      y: number[];
      /** @description Lowest and highest value of each bucket, or the quartiles of a group; null: they are y. */
      low: number[] | null;
      high: number[] | null;
      /** @description What y was before it was smoothed; null: it is not. */
      raw: number[] | null;
      /** @description Reports that were not finite. */
      marks: {
        x: number;
        n: number;
      }[];
    };
    /** @description A window on the trials of a sweep. */
    TrialsSnapshot: {
      /** @description The id of the last live event that this includes. */
      asOf: string;
      /** @description The server's clock. */
      now: number;
      facts: components["schemas"]["SweepFacts"];
      progress: components["schemas"]["Progress"];
      /** @description With a page that exists. */
      query: components["schemas"]["TrialsQuery"];
      /** @description Why the filter cannot be read; then nothing matches. */
      problem: string | null;
      /** @description Every column that there is. */
      columns: components["schemas"]["TrialColumn"][];
      /** @description The ids of those that are shown. */
      shown: string[];
      rows: components["schemas"]["TableRow"][];
      /** @description What others are measured against. */
      baseline: components["schemas"]["TableRow"] | null;
      /** @description Rows that match the filters, and all. */
      matching: number;
      total: number;
      /** @description Trials that match: more than rows where these are configurations. */
      matchingTrials: number;
      /** @description Workers that the journal knows. */
      workers: string[];
      /** @description What a filter can compare. */
      names: string[];
    };
    /** @description A choice of trials, their order, and a window on them. */
    TrialsQuery: {
      /** @description The id of a column. */
      sort: string;
      descending: boolean;
      /** @description A trial status, or `diverged`; null: all. */
      state: string | null;
      worker: string | null;
      pack: number | null;
      /** @description Comparisons; see `trial_filter.ts`. */
      text: string;
      /**
       * @description A row for each trial, or for each configuration with its replicates taken together.
       * @enum {string}
       */
      by: "trial" | "configuration";
      /** @description The ids of the columns that are shown, in any order; null: the usual ones. */
      columns: string[] | null;
      /** @description The trial that others are measured against; null: none. */
      baseline: number | null;
      /** @description Trials that are marked for a comparison, in the order in which they were. */
      marked: number[];
      /** @description From 1. */
      page: number;
      size: number;
    };
    /** @description A column of the table. */
    TrialColumn: {
      /** @description What the address sorts by: `trial`, `objective`, `p.lr`, …. */
      id: string;
      label: string;
      isNumber: boolean;
      /** @description Whether it is shown to somebody who has chosen no columns. */
      isUsual: boolean;
      /** @description What a filter calls it. */
      filter: string;
      /** @description Which way it is better; null: nothing says so. */
      goal: components["schemas"]["Goal"] | null;
    };
    /** @description A trial, or a configuration's trials together, as the table shows them. */
    TableRow: {
      trial: number;
      configuration: number;
      replicate: number;
      state: components["schemas"]["ShownTrialStatus"];
      /** @description The varied parameters, in the order of `SweepFacts.varied`. */
      values: string[];
      /** @description The latest value of the objective; null: none yet, or not finite. */
      objective: number | null;
      test: number | null;
      /** @description Epochs trained. */
      epochs: number;
      attempts: number;
      worker: string | null;
      pack: number | null;
      /** @description Trials in its pack, itself included. */
      lanes: number;
      /** @description From its first lease to its end, or to the last news. */
      durationMs: number | null;
      /** @description How many trials there are in each state. */
      states: [
        components["schemas"]["ShownTrialStatus"],
        number,
      ][];
      /** @description By the id of a column that measures; only of those that are shown. */
      measured: components["schemas"]["Readonly_Record_string_MeasuredCell"];
      /** @description Null without a baseline, of the baseline itself, and where either has no number. */
      delta: components["schemas"]["Delta"] | null;
      /** @description The varied parameters as a filter must name them: with all their digits. */
      exact: string[];
    };
    /** @description What a trial is shown as: one that completed without a finite loss has diverged. */
    ShownTrialStatus: components["schemas"]["TrialStatus"] | "diverged";
    /**
     * @description The name of a trial state.
     * @enum {string}
     */
    TrialStatus: "queued" | "running" | "paused" | "completed" | "pruned" | "failed" | "cancelled";
    /** @description Make all properties in T readonly */
    Readonly_Record_string_MeasuredCell: {
      [key: string]: components["schemas"]["MeasuredCell"];
    };
    /** @description A measured number, and how it does among all that match. */
    MeasuredCell: {
      /** @description Over several runs their mean; null: none yet, or one of them diverged. */
      value: number | null;
      /** @description Student's 95 % interval of the mean; null where one run or none was measured. */
      ci95: components["schemas"]["Range"] | null;
      /** @description Runs that were measured. */
      n: number;
      /** @description From 1, the best; null where nothing says what is better. */
      rank: number | null;
      of: number;
      /** @description The rank in ten steps, 10 for the best tenth; 0: no rank. */
      step: number;
    };
    /** @description How much the objective differs from the baseline's. */
    Delta: {
      value: number;
      /** @description Welch's 95 % interval; null where either side has but one run. */
      ci95: components["schemas"]["Range"] | null;
      /** @description Runs of this row and of the baseline. */
      n: [
        number,
        number,
      ];
    };
    /** @description A trial's page at one place of the journal. */
    TrialSnapshot: {
      /** @description The id of the last live event that this includes. */
      asOf: string;
      /** @description The server's clock. */
      now: number;
      facts: components["schemas"]["SweepFacts"];
      progress: components["schemas"]["Progress"];
      query: components["schemas"]["TrialQuery"];
      row: components["schemas"]["TrialRow"];
      backend: string | null;
      settings: components["schemas"]["ExactSetting"][];
      metrics: components["schemas"]["Setting"][];
      timeline: components["schemas"]["TimelineStep"][];
      /** @description Why it was proposed and how the scheduler judged it, a line each. */
      why: components["schemas"]["Setting"][];
      failure: {
        kind: string;
        message: string;
      } | null;
      /** @description What the journal has about it and its pack: the last lines, oldest first, and how many in all. */
      log: components["schemas"]["TrialLog"];
      workerLog: components["schemas"]["WorkerLog"];
      /** @description The other trials of its pack, the first of them, and how many there are. */
      packMates: number[];
      /** @description The other replicates. */
      replicates: number[];
      previous: number | null;
      next: number | null;
      curves: components["schemas"]["TrialCurves"];
      result: components["schemas"]["ResultView"];
      /** @description Whether its model can be had. */
      hasModel: boolean;
    };
    /** @description The choices on a trial's page. */
    TrialQuery: {
      /** @description The metric of the curves; null: the objective. */
      metric: string | null;
      /** @description The split whose confusions are shown; null: the test set. */
      split: string | null;
      /**
       * @description What stands in the cells of the confusion matrix.
       * @enum {string}
       */
      cells: "counts" | "shares";
      /** @description The epoch whose fit stands out; null: the last. */
      epoch: number | null;
      /** @description The numbers of a true and a predicted class whose examples are shown; null: all. */
      pair: components["schemas"]["ClassPair"] | null;
      /**
       * @description The order of the examples: the largest loss first, or as the test set has them.
       * @enum {string}
       */
      sort: "loss" | "index";
    };
    /** @description A true class and what it was taken for. */
    ClassPair: [
      number,
      number,
    ];
    /** @description A trial as a row shows it. */
    TrialRow: {
      trial: number;
      configuration: number;
      replicate: number;
      state: components["schemas"]["ShownTrialStatus"];
      /** @description The varied parameters, in the order of `SweepFacts.varied`. */
      values: string[];
      /** @description The latest value of the objective; null: none yet, or not finite. */
      objective: number | null;
      test: number | null;
      /** @description Epochs trained. */
      epochs: number;
      attempts: number;
      worker: string | null;
      pack: number | null;
      /** @description Trials in its pack, itself included. */
      lanes: number;
      /** @description From its first lease to its end, or to the last news. */
      durationMs: number | null;
    };
    /** @description A setting as it is shown, and with all its digits. */
    ExactSetting: {
      name: string;
      value: string;
      exact: string;
    };
    /** @description One thing that happened to the trial. */
    TimelineStep: {
      at: number;
      /**
       * @description How it is marked.
       * @enum {string}
       */
      kind: "neutral" | "work" | "good" | "bad";
      title: string;
      detail: string | null;
    };
    /** @description The end of what was written down about a trial. */
    TrialLog: {
      lines: {
        number: number;
        at: number;
        kind: string;
        text: string;
      }[];
      total: number;
    };
    /** @description The end of what workers wrote down about a trial. */
    WorkerLog: {
      /** @description Oldest first. */
      lines: {
        at: number;
        level: components["schemas"]["LogLevel"];
        text: string;
        /** @description The attempt that this line and those after it are of; null: that of the line before. */
        attempt: string | null;
      }[];
      /** @description How many lines there were. */
      total: number;
      /** @description Attempts that have left no lines. */
      silent: number;
      /** @description Earlier attempts whose lines are not shown. */
      unread: number;
      /** @description Whether more may come. */
      isOpen: boolean;
    };
    /**
     * @description One of  {@link  LOG_LEVELS } .
     * @enum {string}
     */
    LogLevel: "debug" | "info" | "warn" | "error";
    /** @description The curves of the trial and of its configuration's other trials. */
    TrialCurves: {
      metric: string;
      metrics: string[];
      /** @description The trial itself first. */
      curves: components["schemas"]["CurveRef"][];
      series: components["schemas"]["CurveSeries"][];
      /** @description Other replicates, drawn or not. */
      others: number;
    };
    /** @description What the trial has left in the artifact store. */
    ResultView: {
      /** @constant */
      kind: "none";
      message: string;
    } | {
      /** @constant */
      kind: "stored";
      /** @description Null for regression. */
      split: components["schemas"]["SplitView"] | null;
      /** @description Those that are kept: the most confident ones of the test examples. */
      mistakes: components["schemas"]["MistakeView"][];
      /** @description All mistakes among the test examples, `confusion[actual][predicted]`; null for regression. */
      mistaken: number[][] | null;
      picture: components["schemas"]["PictureView"] | null;
    };
    /** @description The score of one split. */
    SplitView: {
      split: string;
      splits: string[];
      report: components["schemas"]["ClassificationReport"];
    };
    /** @description The scores of one split. */
    ClassificationReport: {
      classes: {
        name: string;
        /** @description Of those predicted as this class, the share that was; 0 where none was predicted. */
        precision: number;
        /** @description Of those of this class, the share that was found; 0 where there are none. */
        recall: number;
        /** @description Harmonic mean of both; 0 where both are 0. */
        f1: number;
        /** @description True examples. */
        support: number;
      }[];
      accuracy: number;
      /** @description The plain mean over classes. */
      macroAverage: components["schemas"]["ClassScores"];
      /** @description The mean weighted by support. */
      weightedAverage: components["schemas"]["ClassScores"];
      confusion: components["schemas"]["ConfusionMatrix"];
    };
    /** @description One class's scores, or an average of them. */
    ClassScores: {
      /** @description Of those predicted as this class, the share that was; 0 where none was predicted. */
      precision: number;
      /** @description Of those of this class, the share that was found; 0 where there are none. */
      recall: number;
      /** @description Harmonic mean of both; 0 where both are 0. */
      f1: number;
      /** @description True examples. */
      support: number;
    };
    /** @description How often each true class (row) was predicted as each class (column). */
    ConfusionMatrix: number[][];
    /** @description A mistake as it is shown. */
    MistakeView: {
      index: number;
      actual: string;
      predicted: string;
      /** @description The same by their numbers. */
      pair: components["schemas"]["ClassPair"];
      confidence: number;
      /** @description Its cross-entropy in nats; null: the result is of a version that did not keep it. */
      loss: number | null;
      /** @description Its cross-entropy in nats is no less; null: it was taken for certain. */
      leastLoss: number | null;
      /** @description Where its picture is; null: it has none. */
      image: {
        path: string;
        width: number;
        height: number;
      } | null;
    };
    /** @description What a network of one or two inputs has learned, laid out. */
    PictureView: {
      /** @constant */
      kind: "surface";
      frame: components["schemas"]["Frame"];
      /** @description The regions above 10 %, 20 %, … as SVG paths. */
      bands: string[];
      /** @description Where both classes are equally likely. */
      boundary: string;
      points: {
        x: number;
        y: number;
        /** @enum {number} */
        label: 0 | 1;
      }[];
      classes: string[];
      /** @description The epochs of which there is a surface, the result's last; empty where nobody kept them. */
      epochs: number[];
      /** @description The epoch of this one; null: the result, and nobody kept after which epoch. */
      epoch: number | null;
    } | {
      /** @constant */
      kind: "fit";
      frame: components["schemas"]["Frame"];
      /** @description Points of SVG polylines. */
      truth: string | null;
      snapshots: {
        epoch: number;
        points: string;
      }[];
      dots: {
        x: number;
        y: number;
      }[];
    };
    /** @description A drawing's frame, in its own units. */
    Frame: {
      width: number;
      height: number;
      left: number;
      right: number;
      top: number;
      bottom: number;
      x: components["schemas"]["AxisTick"][];
      y: components["schemas"]["AxisTick"][];
    };
    /** @description A place on an axis and what is written there. */
    AxisTick: {
      at: number;
      text: string;
    };
    /** @description Some trials side by side. */
    CompareSnapshot: {
      /** @description The id of the last live event that this includes. */
      asOf: string;
      /** @description The server's clock. */
      now: number;
      facts: components["schemas"]["SweepFacts"];
      progress: components["schemas"]["Progress"];
      query: components["schemas"]["CompareQuery"];
      /** @description Those that stand side by side: the first ones of the query. */
      trials: components["schemas"]["TrialRow"][];
      /** @description Parameters that differ. */
      different: components["schemas"]["ComparedRow"][];
      /** @description Parameters that are equal in all of them. */
      equal: components["schemas"]["ComparedRow"][];
      metrics: components["schemas"]["ComparedRow"][];
      curves: components["schemas"]["TrialCurves"];
      /** @description Null where there is but one trial. */
      confusion: components["schemas"]["ConfusionChange"] | null;
    };
    /** @description The trials and the metric of their curves. */
    CompareQuery: {
      /** @description Each once, in the order in which they were named. */
      trials: number[];
      /** @description Null: the objective. */
      metric: string | null;
      /**
       * @description Which parameters are shown.
       * @enum {string}
       */
      rows: "different" | "all";
      /** @description Whose confusions are set against those of the first trial; null: the second trial's. */
      against: number | null;
    };
    /** @description One thing that all compared trials have, with a value for each. */
    ComparedRow: {
      name: string;
      /** @description In the order of the trials. */
      values: string[];
      /** @description The same with all their digits. */
      exact: string[];
      /** @description Differences to the first trial, with their signs; null of the first and where there is none. */
      deltas: (string | null)[];
      /** @description Which of them is the best; none where nothing says what is better. */
      best: number[];
    };
    /** @description How the confusions of one trial differ from another's. */
    ConfusionChange: {
      /** @constant */
      kind: "none";
      message: string;
    } | {
      /** @constant */
      kind: "known";
      from: number;
      to: number;
      classes: string[];
      /** @description `to` minus `from`, `cells[actual][predicted]`, in test examples. */
      cells: number[][];
      /** @description Test examples, and how many of them each gets right. */
      examples: number;
      right: [
        number,
        number,
      ];
      /** @description The largest absolute value of a cell. */
      largest: number;
    };
    /** @description The page. */
    ParametersSnapshot: {
      /** @description The id of the last live event that this includes. */
      asOf: string;
      /** @description The server's clock. */
      now: number;
      facts: components["schemas"]["SweepFacts"];
      progress: components["schemas"]["Progress"];
      /** @description The address's query, as it was understood. */
      query: string;
      filter: components["schemas"]["ParameterFilter"];
      /** @description Why the filter cannot be read; then everything is shown. */
      problem: string | null;
      counts: components["schemas"]["PointCounts"];
      axes: components["schemas"]["ParameterAxis"][];
      objective: components["schemas"]["ObjectiveScale"];
      /** @description Every objective of the sweep; one of them is shown. */
      objectives: string[];
      view: components["schemas"]["AxesView"];
      parallel: components["schemas"]["ParallelLines"];
      /** @description Null: fewer than two parameters vary. */
      heatMap: components["schemas"]["HeatMap"] | null;
      /** @description Null: fewer than two parameters are numbers. */
      contour: components["schemas"]["ContourMap"] | null;
      slices: components["schemas"]["Slice"][];
      /** @description Of what the filter lets through. */
      importance: components["schemas"]["Importance"];
      correlations: components["schemas"]["MarginalCorrelation"][];
      distribution: components["schemas"]["ObjectiveDistribution"];
    };
    /** @description What a reader asked to see; null and empty: everything. */
    ParameterFilter: {
      min: number | null;
      max: number | null;
      /** @description The best so many per cent. */
      top: number | null;
      /** @description Configurations of which this worker trained a replicate. */
      worker: string | null;
      /** @description Configurations of which this pack trained a replicate. */
      pack: number | null;
      /** @description Configurations of which a trial matches: comparisons as on the Trials page. */
      text: string;
      outcomes: components["schemas"]["Outcome"][];
      /** @description Numbers between two ends, by parameter. */
      ranges: components["schemas"]["ParameterRange"][];
      /** @description Some of the choices, as text, by parameter. */
      choices: {
        name: string;
        values: string[];
      }[];
    };
    /**
     * @description What became of a configuration: without a completed replicate, what became of one of its trials.
     * @enum {string}
     */
    Outcome: "completed" | "diverged" | "pruned" | "failed";
    /** @description Two ends of a parameter, each or both. */
    ParameterRange: {
      name: string;
      min: number | null;
      max: number | null;
    };
    /** @description How many configurations there are, and how many of them are shown. */
    PointCounts: {
      asked: number;
      /** @description Without any result so far. */
      open: number;
      byOutcome: components["schemas"]["Readonly_Record_Outcome_number"];
      /** @description How many of each the filter lets through. */
      shown: components["schemas"]["Readonly_Record_Outcome_number"];
    };
    /** @description Make all properties in T readonly */
    Readonly_Record_Outcome_number: {
      completed: number;
      diverged: number;
      pruned: number;
      failed: number;
    };
    /** @description A parameter as an axis. */
    ParameterAxis: {
      /** @constant */
      kind: "number";
      name: string;
      /** @enum {string} */
      scale: "linear" | "log";
      min: number;
      max: number;
      /** @description Whether some configuration does not have it. */
      hasAbsent: boolean;
    } | {
      /** @constant */
      kind: "choices";
      name: string;
      values: components["schemas"]["ParameterValue"][];
      hasAbsent: boolean;
    };
    /** @description What a parameter can be set to. */
    ParameterValue: number | string | boolean;
    /** @description The objective as an axis and as a colour. */
    ObjectiveScale: {
      metric: string;
      /** @enum {string} */
      goal: "maximize" | "minimize";
      /** @enum {string} */
      scale: "linear" | "log";
      min: number;
      max: number;
      /** @description Values outside of the range on its worse side: they are drawn at its end. */
      beyond: number;
    };
    /** @description How a reader wants the axes of parallel coordinates. */
    AxesView: {
      /** @description The parameters from left to right. */
      order: string[];
      /** @description Parameters whose axis stands on its head. */
      flipped: string[];
      isObjectiveFlipped: boolean;
    };
    /** @description Parallel coordinates: a line for each configuration that is drawn, worst first. */
    ParallelLines: {
      lines: components["schemas"]["ParallelLine"][];
      /** @description Those that could be drawn. */
      total: number;
      /** @description Configurations that are the best tenth. */
      best: number;
      /** @description At most so many lines. */
      limit: number;
    };
    /** @description One line. */
    ParallelLine: {
      configuration: number;
      /** @description The trial that stands for it: the best one, or the first. */
      trial: number;
      /** @description The values of the varied parameters, in their order; null: not active. */
      values: (components["schemas"]["ParameterValue"] | null)[];
      outcome: components["schemas"]["Outcome"];
      /** @description The mean objective over completed replicates; null unless completed. */
      mean: number | null;
      /** @description The sample standard deviation over replicates; null for fewer than two. */
      sd: number | null;
      /** @description Completed replicates. */
      n: number;
      isBest: boolean;
      /** @description 0, the worst, to 9, the best; null without a number. */
      step: number | null;
    };
    /** @description Any two parameters against each other. */
    HeatMap: {
      x: string;
      y: string;
      statistic: components["schemas"]["CellStatistic"];
      columns: components["schemas"]["Bin"][];
      /** @description From the top: the largest first. */
      rows: components["schemas"]["Bin"][];
      /** @description By rows. */
      cells: components["schemas"]["HeatCell"][][];
      /** @description Configurations in the cells, and those that have no place: one of the two is not active. */
      counted: number;
      left: number;
      /** @description The ends of the colours: the least and the largest value of a cell. */
      range: number[] | null;
    };
    /**
     * @description How a cell of the heat map is made from the configurations in it.
     * @enum {string}
     */
    CellStatistic: "mean" | "best" | "count" | "sd";
    /** @description Values of a parameter that share a column or a row. */
    Bin: {
      label: string;
      /** @description One value, several neighbouring choices, or numbers from `min` up to `max`. */
      holds: {
        /** @constant */
        kind: "values";
        values: components["schemas"]["ParameterValue"][];
      } | {
        /** @constant */
        kind: "range";
        min: number;
        max: number;
      };
    };
    /** @description A cell of the heat map. */
    HeatCell: {
      /** @description Completed configurations in it. */
      n: number;
      diverged: number;
      /** @description Null: nothing to say. */
      value: number | null;
      step: number | null;
    };
    /** @description Two numeric parameters with an interpolated surface of the objective. */
    ContourMap: {
      x: string;
      y: string;
      xAxis: components["schemas"]["ParameterAxis"];
      yAxis: components["schemas"]["ParameterAxis"];
      /** @description Configurations behind the surface, and those without a number or a place. */
      n: number;
      left: number;
      /** @description The best half of them, and others evenly. */
      points: components["schemas"]["ContourPoint"][];
      /** @description Of the surface where something is near; null: too few points for one. */
      range: number[] | null;
      /** @description The kernel's standard deviations, as shares of the axes. */
      bandwidths: number[] | null;
      /** @description Areas of one step of colour, as SVG paths. */
      bands: {
        step: number;
        path: string;
      }[];
      levels: {
        level: number;
        path: string;
      }[];
      /** @description Where no configuration is near. */
      gaps: string;
    };
    /** @description A configuration on a contour; `x` and `y` are shares of the axes. */
    ContourPoint: {
      trial: number;
      x: number;
      y: number;
      mean: number;
    };
    /** @description A parameter against the objective. */
    Slice: {
      axis: components["schemas"]["ParameterAxis"];
      points: components["schemas"]["SlicePoint"][];
      /** @description Configurations that have the parameter and a number. */
      total: number;
      bins: components["schemas"]["SliceBin"][];
    };
    /** @description One configuration. */
    SlicePoint: {
      value: components["schemas"]["ParameterValue"];
      mean: number;
      sd: number | null;
      isBest: boolean;
    };
    /** @description All configurations whose value is in a bin. */
    SliceBin: {
      label: string;
      n: number;
      mean: number | null;
      best: number | null;
    };
    /** @description What an estimator found. */
    Importance: {
      estimator: components["schemas"]["ImportanceEstimator"];
      /** @description Points that it was estimated from, diverged ones included. */
      n: number;
      /** @description Points without a finite value. */
      diverged: number;
      /** @description Bootstrap resamples behind the intervals; 0: there are none. */
      resamples: number;
      /** @description Most important first; equal ones in the order of the space. */
      parameters: components["schemas"]["ParameterImportance"][];
      /** @description What a reader has to know, as sentences without a full stop. */
      notes: string[];
    };
    /** @description One parameter's part. */
    ParameterImportance: {
      name: string;
      /** @description In [0, 1]. All shares sum to 1, or all are 0 because nothing can be told apart. */
      share: number;
      /** @description The 95 % bootstrap interval of the share; null where there is none. */
      interval: components["schemas"]["Interval"] | null;
      /** @description Before it was made a share: PED-ANOVA's divergence, or fANOVA's fraction of the whole variance (the first-order Sobol index of the forest's function). */
      raw: number;
      /** @description Points in which the parameter is active. */
      active: number;
    };
    /** @description Two ends, lower first. */
    Interval: [
      number,
      number,
    ];
    /** @description How strongly one parameter alone goes with the objective. */
    MarginalCorrelation: {
      name: string;
      /**
       * @description Spearman's ρ for numbers, the correlation ratio η for other choices.
       * @enum {string}
       */
      kind: "spearman" | "eta";
      /** @description Null: one of the two does not vary. */
      value: number | null;
      n: number;
    };
    /** @description The share of configurations whose objective is at most a value. */
    ObjectiveDistribution: {
      /** @description Ascending in both; the first has share 0 unless something diverged when larger is better. */
      steps: [
        number,
        number,
      ][];
      /** @description Completed and diverged ones. */
      n: number;
      diverged: number;
      /** @description Whether only some steps are here: the values at evenly spaced shares. */
      isThinned: boolean;
      /** @description What the best so many per cent reach; null: they diverged. */
      quantiles: [
        number,
        number | null,
      ][];
    };
    /** @description The page. */
    TimelineSnapshot: {
      query: components["schemas"]["TimelineQuery"];
      /** @description How long the sweep has lasted, in milliseconds. */
      lengthMs: number;
      /** @description What is shown, in milliseconds from the sweep's start. */
      window: components["schemas"]["Range"];
      workers: components["schemas"]["TimelineWorker"][];
      /** @description Workers in the window, listed or not. */
      workersInWindow: number;
      /** @description Bars that are drawn, and attempts in the window. */
      drawn: number;
      inWindow: number;
      /** @description Attempts of the whole sweep. */
      total: number;
      /** @description In the window. */
      packs: number;
      again: number;
      byOutcome: components["schemas"]["Readonly_Record_AttemptOutcome_number"];
      busyShare: number | null;
      /** @description The id of the last live event that this includes. */
      asOf: string;
      /** @description The server's clock. */
      now: number;
      facts: components["schemas"]["SweepFacts"];
      progress: components["schemas"]["Progress"];
      /** @description Attempts at packs with a trial that it lets through are shown. */
      filter: unknown;
      /** @description The same as an address has it; see `shared_filter.ts`. */
      search: string;
    };
    /** @description A page of events, the newest first. */
    EventsSnapshot: {
      /** @description The id of the last live event that this includes. */
      asOf: string;
      /** @description The server's clock. */
      now: number;
      facts: components["schemas"]["SweepFacts"];
      progress: components["schemas"]["Progress"];
      query: components["schemas"]["EventsQuery"];
      rows: components["schemas"]["EventRow"][];
      /** @description Events that match the query, on whatever page. */
      matching: number;
      /** @description How many of these are newer than the page. */
      newer: number;
      /** @description Where the next newer page begins; null: this is the newest. */
      newerBefore: number | null;
      total: number;
      /** @description Epoch reports: the learning curves are made of them. */
      reports: number;
      /** @description Every kind there is, with how many there are. */
      kinds: [
        string,
        number,
      ][];
    };
    /** @description Which events are shown; null: all. */
    EventsQuery: {
      kind: string | null;
      trial: number | null;
      worker: string | null;
      /** @description Only events with a smaller number: the page before; null: up to the newest. */
      before: number | null;
    };
    /** @description The newest events, the newest first. */
    AllEventsSnapshot: {
      now: number;
      query: components["schemas"]["AllEventsQuery"];
      rows: components["schemas"]["SweepEventRow"][];
      /** @description Events of the sweeps that were looked through. */
      total: number;
      /** @description The sweeps that were looked through: those that go on, then the latest ones. */
      sweeps: {
        sweep: string;
        name: string;
      }[];
      /** @description How many sweeps there are. */
      allSweeps: number;
      /** @description Every kind there is in them. */
      kinds: string[];
    };
    /** @description Which events are shown; null: all. */
    AllEventsQuery: {
      sweep: string | null;
      kind: string | null;
      worker: string | null;
    };
    /** @description An event with its sweep. */
    SweepEventRow: {
      /** @description Its number in the sweep, from 0, epoch reports left out. */
      number: number;
      at: number;
      kind: string;
      text: string;
      /** @description The better result than all before it. */
      isBest: boolean;
      trial: number | null;
      worker: string | null;
      /** @description The event as it is in the journal; long lists are cut, and say so. */
      json: string;
      sweep: string;
      sweepName: string;
    };
    /** @description All workers at one time. */
    FleetSnapshot: {
      now: number;
      /** @description By name. */
      workers: components["schemas"]["FleetRow"][];
      /** @description Whether the workers could be asked for. */
      isKnown: boolean;
      /** @description Where workers join, without credentials; null: nobody told. */
      address: string | null;
    };
    /** @description A worker of whatever sweep, as it presents itself. */
    FleetRow: {
      worker: string;
      host: string;
      pid: number;
      version: string;
      /** @description `stale`: it has said nothing for longer than it should. */
      state: components["schemas"]["FleetState"];
      backend: string;
      gpu: string | null;
      /** @description Why this backend. */
      reason: string;
      refused: components["schemas"]["Setting"][];
      slots: number;
      packs: components["schemas"]["FleetPack"][];
      laneStepsPerSecond: number;
      trialsFinished: number;
      /** @description Null: nobody could read the journals. */
      activity: components["schemas"]["WorkerActivity"] | null;
      /** @description Null: the worker has measured nothing yet, or never does. */
      load: components["schemas"]["FleetLoad"] | null;
      /** @description Sweeps that give it no more packs, and why. */
      quarantined: components["schemas"]["Setting"][];
      startedAt: number;
      lastSeenAt: number;
    };
    /**
     * @description What a worker does.
     * @enum {string}
     */
    FleetState: "training" | "idle" | "draining" | "quarantined" | "stale";
    /** @description A pack that a slot is training. */
    FleetPack: {
      sweep: string;
      pack: number;
      lanes: number;
      /** @description Trials that are in it, a few of them; empty where the journal does not tell. */
      trials: number[];
      since: number;
    };
    /** @description What a worker did in the last minutes. */
    WorkerActivity: {
      minutes: number;
      /** @description The busy share of its slots in equal parts of that time, the last one now; null: it did not live. */
      shares: (number | null)[];
      /** @description Of the whole time, or of as much as it has lived. */
      busyShare: number | null;
      /** @description Null: it lives too short to say. */
      trialsPerHour: number | null;
    };
    /** @description A worker's machine, its process and its GPUs. */
    FleetLoad: {
      measuredAt: number;
      /** @description How far back the series go. */
      minutes: number;
      /** @description Of the host, whoever uses them. */
      processors: number;
      processorShare: components["schemas"]["LoadSeries"];
      hostUsedBytes: components["schemas"]["LoadSeries"];
      hostTotalBytes: number;
      /** @description What the worker's process occupies. */
      processBytes: components["schemas"]["LoadSeries"];
      /** @description What TensorFlow.js holds; null while the worker trains nothing. */
      tensors: {
        bytes: number;
        count: number;
      } | null;
      gpus: components["schemas"]["FleetGpu"][];
      /** @description Why `gpus` is empty. */
      gpusUnknown: string | null;
    };
    /** @description One quantity over the last minutes. */
    LoadSeries: {
      /** @description The latest measurement; null: it could not be told. */
      now: number | null;
      /** @description In equal parts of that time, the present one last; null: nothing was measured. */
      points: (number | null)[];
    };
    /** @description A GPU over the last minutes. */
    FleetGpu: {
      index: number;
      name: string;
      busyShare: components["schemas"]["LoadSeries"];
      usedBytes: components["schemas"]["LoadSeries"];
      totalBytes: number | null;
      celsius: components["schemas"]["LoadSeries"];
      watts: components["schemas"]["LoadSeries"];
    };
    /** @description Who shall sign in. */
    LoginLinkRequest: {
      /** @enum {string} */
      role: "viewer" | "operator";
    };
    /** @description A link that signs one browser in, once. */
    LoginLink: {
      link: string;
    };
    /** @description Which trials are trained again. */
    RetryRequest: {
      /** @description Their numbers; null or absent: all that have failed. */
      trials?: number[] | null;
    };
    /** @description A configuration that shall be tried. */
    EnqueueRequest: {
      /** @description What is given of it; the rest takes its fixed value, else the trainer's default. */
      hyperparameters: components["schemas"]["Readonly_Record_string_BodyValue"];
    };
    /** @description Make all properties in T readonly */
    Readonly_Record_string_BodyValue: {
      [key: string]: components["schemas"]["BodyValue"];
    };
    /** @description A parameter's value. */
    BodyValue: number | string | boolean;
    /** @description What shall be more; what is not named stays as it is. */
    ExtendRequest: {
      /** @description Further values, by parameter. */
      add?: components["schemas"][
        "Readonly_Record_string_def-alias-1193936990-0-177-1193936990-0-16301855107326"
      ];
      /** @description Ranges that shall be searched as well, by parameter. */
      widen?: components["schemas"]["Readonly_Record_string_number1887666637_number1880576379"];
      /** @description Trials per configuration. */
      replicates?: number;
      /** @description Trials at most; null: no limit. */
      runCap?: number | null;
    };
    /** @description Make all properties in T readonly */
    "Readonly_Record_string_def-alias-1193936990-0-177-1193936990-0-16301855107326": {
      [key: string]: components["schemas"]["BodyValue"][];
    };
    /** @description Make all properties in T readonly */
    Readonly_Record_string_number1887666637_number1880576379: {
      [key: string]: [
        number,
        number,
      ];
    };
    /** @description It is in the sweep's journal; what follows from it may take a while. */
    SweepAsked: {
      /** @constant */
      status: "accepted";
      sweep: string;
      /** @description Who asked, as the journal has it. */
      by: string;
    };
    /** @description It is in the journals of these sweeps: the worker hears of it from one of their coordinators. */
    WorkerAsked: {
      /** @constant */
      status: "accepted";
      worker: string;
      by: string;
      sweeps: string[];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listSweeps: {
    parameters: {
      query?: {
        /** @description From 1; all at once without it. */
        page?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SweepsSnapshot"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getSnapshot: {
    parameters: {
      query?: {
        /** @description Rows of the leaderboard. */
        limit?: number;
        /** @description A trial's state, or `diverged`. */
        state?: string;
        /** @description The id of a worker. */
        worker?: string;
        /** @description The number of a pack. */
        pack?: number;
        /** @description Comparisons, all of which must hold: `lr<0.1 val_accuracy>=0.9`. */
        q?: string;
      };
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OverviewSnapshot"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getPanels: {
    parameters: {
      query?: {
        /** @description The objective across; the first without it. */
        x?: string;
        /** @description The objective up; the second without it. */
        y?: string;
        /** @description A trial's state, or `diverged`. */
        state?: string;
        /** @description The id of a worker. */
        worker?: string;
        /** @description The number of a pack. */
        pack?: number;
        /** @description Comparisons, all of which must hold: `lr<0.1 val_accuracy>=0.9`. */
        q?: string;
      };
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Panels"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listEvents: {
    parameters: {
      query?: {
        /** @description Kinds of events. */
        kind?: string;
        /** @description A trial's number. */
        trial?: number;
        /** @description The id of a worker. */
        worker?: string;
        /** @description Only what stands before this entry of the journal. */
        before?: number;
      };
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["EventsSnapshot"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listAllEvents: {
    parameters: {
      query?: {
        /** @description One sweep alone. */
        sweep?: string;
        /** @description One kind of events. */
        kind?: string;
        /** @description The id of a worker. */
        worker?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AllEventsSnapshot"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getTimeline: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TimelineSnapshot"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getTrace: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": string;
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listTrials: {
    parameters: {
      query?: {
        /** @description The id of a column; with - before it, in descending order. */
        sort?: string;
        /** @description A trial's state, or `diverged`. */
        state?: string;
        /** @description The id of a worker. */
        worker?: string;
        /** @description The number of a pack. */
        pack?: number;
        /** @description Comparisons, all of which must hold: `lr<0.1 val_accuracy>=0.9`. */
        q?: string;
        /** @description From 1. */
        page?: number;
        /** @description Rows on a page: 50 or 200. */
        size?: number;
      };
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TrialsSnapshot"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  exportTrialsCsv: {
    parameters: {
      query?: {
        /** @description The id of a column; with - before it, in descending order. */
        sort?: string;
        /** @description A trial's state, or `diverged`. */
        state?: string;
        /** @description The id of a worker. */
        worker?: string;
        /** @description The number of a pack. */
        pack?: number;
        /** @description Comparisons, all of which must hold: `lr<0.1 val_accuracy>=0.9`. */
        q?: string;
      };
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/csv": string;
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  exportTrialsJsonLines: {
    parameters: {
      query?: {
        /** @description The id of a column; with - before it, in descending order. */
        sort?: string;
        /** @description A trial's state, or `diverged`. */
        state?: string;
        /** @description The id of a worker. */
        worker?: string;
        /** @description The number of a pack. */
        pack?: number;
        /** @description Comparisons, all of which must hold: `lr<0.1 val_accuracy>=0.9`. */
        q?: string;
      };
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/jsonl": string;
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  exportTrialsParquet: {
    parameters: {
      query?: {
        /** @description The id of a column; with - before it, in descending order. */
        sort?: string;
        /** @description A trial's state, or `diverged`. */
        state?: string;
        /** @description The id of a worker. */
        worker?: string;
        /** @description The number of a pack. */
        pack?: number;
        /** @description Comparisons, all of which must hold: `lr<0.1 val_accuracy>=0.9`. */
        q?: string;
      };
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/vnd.apache.parquet": string;
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getTrial: {
    parameters: {
      query?: {
        /** @description The metric of the curve. */
        metric?: string;
        /** @description The split whose confusions are told: `test`, `validation`, `train`. */
        split?: string;
        /** @description What the confusion matrix holds. */
        cells?: "counts" | "shares";
        /** @description The epoch of the picture that stands out. */
        epoch?: number;
      };
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
        /** @description The trial's number, from 0. */
        trial: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TrialSnapshot"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getTrialImage: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
        /** @description The trial's number, from 0. */
        trial: number;
        /** @description Its place among the mistakes, and `.png`. */
        image: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "image/png": string;
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getTrialModel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
        /** @description The trial's number, from 0. */
        trial: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/octet-stream": string;
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  compareTrials: {
    parameters: {
      query?: {
        /** @description Their numbers, with commas between them. */
        t?: string;
        /** @description The metric of the curves. */
        metric?: string;
      };
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CompareSnapshot"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getCurves: {
    parameters: {
      query?: {
        /** @description The metric; the objective unless told. */
        metric?: string;
        /** @description Their numbers, with commas between them, at most 200. */
        trials?: string;
        /** @description Without `points`: about so many points of all curves; the rest is thinned. */
        most?: number;
        /** @description Into how many buckets each curve is cut at most. */
        points?: number;
        /** @description Which trials. */
        show?: "best" | "all" | "running" | "troubled";
        /** @description How many curves at most. */
        top?: number;
        /** @description The numbers of trials, with commas between them, instead of `show`. */
        t?: string;
        /** @description Comparisons, all of which must hold: `lr<0.1 val_accuracy>=0.9`. */
        q?: string;
        /** @description A parameter: medians and quartiles of the trials of each value. */
        group?: string;
        /** @description What x is; `wall` counts from the trial's begin. */
        x?: "epoch" | "step" | "samples" | "wall" | "relative";
        /** @description The weight of the moving average, from 0 to 0.999. */
        smooth?: number;
        /** @description Any text: buckets of equal ratios. */
        logx?: string;
        /** @description Any text: values of 0 and less are left out, and counted. */
        logy?: string;
        /** @description Where x begins: epochs, steps or seconds. */
        from?: number;
        /** @description Where x ends. */
        to?: number;
      };
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Curves"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  exportCurvesCsv: {
    parameters: {
      query?: {
        /** @description The metric; the objective unless told. */
        metric?: string;
        /** @description Their numbers, with commas between them, at most 200. */
        trials?: string;
        /** @description Into how many buckets each curve is cut at most. */
        points?: number;
        /** @description Which trials. */
        show?: "best" | "all" | "running" | "troubled";
        /** @description How many curves at most. */
        top?: number;
        /** @description The numbers of trials, with commas between them, instead of `show`. */
        t?: string;
        /** @description Comparisons, all of which must hold: `lr<0.1 val_accuracy>=0.9`. */
        q?: string;
        /** @description A parameter: medians and quartiles of the trials of each value. */
        group?: string;
        /** @description What x is; `wall` counts from the trial's begin. */
        x?: "epoch" | "step" | "samples" | "wall" | "relative";
        /** @description The weight of the moving average, from 0 to 0.999. */
        smooth?: number;
        /** @description Any text: buckets of equal ratios. */
        logx?: string;
        /** @description Any text: values of 0 and less are left out, and counted. */
        logy?: string;
        /** @description Where x begins: epochs, steps or seconds. */
        from?: number;
        /** @description Where x ends. */
        to?: number;
      };
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/csv": string;
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getParameters: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ParametersSnapshot"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  pauseSweep: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SweepAsked"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not allowed to a viewer, or a page of another site asks. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description It makes no sense now, or nobody coordinates the sweep. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  resumeSweep: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SweepAsked"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not allowed to a viewer, or a page of another site asks. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description It makes no sense now, or nobody coordinates the sweep. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  stopSweep: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SweepAsked"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not allowed to a viewer, or a page of another site asks. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description It makes no sense now, or nobody coordinates the sweep. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  retryTrials: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RetryRequest"];
      };
    };
    responses: {
      /** @description Done. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SweepAsked"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not allowed to a viewer, or a page of another site asks. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description It makes no sense now, or nobody coordinates the sweep. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  extendSweep: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ExtendRequest"];
      };
    };
    responses: {
      /** @description Done. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SweepAsked"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not allowed to a viewer, or a page of another site asks. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description It makes no sense now, or nobody coordinates the sweep. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  enqueueTrial: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["EnqueueRequest"];
      };
    };
    responses: {
      /** @description Done. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SweepAsked"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not allowed to a viewer, or a page of another site asks. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description It makes no sense now, or nobody coordinates the sweep. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  stopTrial: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The sweep's id, whole. */
        sweep: string;
        /** @description The trial's number, from 0. */
        trial: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SweepAsked"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not allowed to a viewer, or a page of another site asks. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description It makes no sense now, or nobody coordinates the sweep. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  drainWorker: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The worker's id, whole. */
        worker: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WorkerAsked"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not allowed to a viewer, or a page of another site asks. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description It makes no sense now, or nobody coordinates the sweep. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getFleet: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FleetSnapshot"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  followEvents: {
    parameters: {
      query?: {
        /** @description A sweep's id; absent: the list of sweeps. */
        sweep?: string;
        /** @description The id of the last event that is known. */
        after?: string;
        /** @description Rows of the leaderboard. */
        limit?: number;
        /** @description Several at once, by comma, each with the last id after `@`: sweeps, fleet, news/ID, sweep/ID, sweep/ID/LIMIT. */
        topics?: string;
      };
      header?: {
        /** @description As `after`. */
        "last-event-id"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/event-stream": string;
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal cannot be read. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  createLoginLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["LoginLinkRequest"];
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["LoginLink"];
        };
      };
      /** @description What was asked cannot be read. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not allowed to a viewer, or a page of another site asks. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Health"];
        };
      };
      /** @description No token, or a wrong one. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Too many requests: `Retry-After` says for how many seconds. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The journal is out of reach, or too many streams are open. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
}
