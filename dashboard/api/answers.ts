/** What the interface answers with, by name: the document and its schemas are made from these types. */
import type {
  EnqueueRequest,
  ExtendRequest,
  RetryRequest,
  SweepAsked,
  WorkerAsked,
} from "../actions/control_bodies.ts";
import type { CompareSnapshot } from "../client/compare/compare_model.ts";
import type { AllEventsSnapshot } from "../client/events/all_events_model.ts";
import type { CurvesView } from "../client/curves/curves_model.ts";
import type { EventsSnapshot } from "../client/events/events_model.ts";
import type { FleetSnapshot } from "../client/fleet/fleet_model.ts";
import type { CurvesAnswer, OverviewSnapshot, SweepsSnapshot } from "../client/model.ts";
import type { Panels } from "../client/overview/panels_model.ts";
import type { ParametersSnapshot } from "../client/parameters/parameters_model.ts";
import type { TimelineSnapshot } from "../client/timeline/timeline_model.ts";
import type { TrialSnapshot } from "../client/trial/trial_model.ts";
import type { TrialsSnapshot } from "../client/trials/trials_model.ts";
import type { Problem } from "../problem.ts";

/** A link that signs one browser in, once. */
export interface LoginLink {
  readonly link: string;
}

/** Who shall sign in. */
export interface LoginLinkRequest {
  readonly role: "viewer" | "operator";
}

/** That the dashboard serves. */
export interface Health {
  readonly status: "ok";
  readonly version: string;
}

/** Curves as they are; where somebody asks for buckets (`points`), cut, chosen and grouped. */
export type Curves = CurvesAnswer | CurvesView;

/** Every JSON body. */
export interface Answers {
  readonly Problem: Problem;
  readonly Health: Health;
  readonly SweepsSnapshot: SweepsSnapshot;
  readonly OverviewSnapshot: OverviewSnapshot;
  readonly Panels: Panels;
  readonly Curves: Curves;
  readonly TrialsSnapshot: TrialsSnapshot;
  readonly TrialSnapshot: TrialSnapshot;
  readonly CompareSnapshot: CompareSnapshot;
  readonly ParametersSnapshot: ParametersSnapshot;
  readonly TimelineSnapshot: TimelineSnapshot;
  readonly EventsSnapshot: EventsSnapshot;
  readonly AllEventsSnapshot: AllEventsSnapshot;
  readonly FleetSnapshot: FleetSnapshot;
  readonly LoginLinkRequest: LoginLinkRequest;
  readonly LoginLink: LoginLink;
  readonly RetryRequest: RetryRequest;
  readonly EnqueueRequest: EnqueueRequest;
  readonly ExtendRequest: ExtendRequest;
  readonly SweepAsked: SweepAsked;
  readonly WorkerAsked: WorkerAsked;
}
