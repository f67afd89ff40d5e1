/**
 * Hypervolume: the volume that points dominate, up to a reference point (Zitzler and Thiele, 1999).
 * It grows with every point that is added to a Pareto front, and it is largest for the true one.
 *
 * Two losses: a sweep along the first. Three: a sweep along the third, over the staircase of the
 * other two. More: WFG (While, Bradstreet and Barone, 2012), which sums what each point adds to those
 * after it, by slices of the last loss. It is exact, and its time grows steeply with points and losses
 * (some hundred points with six take a second): who cannot wait gives a measure of work.
 */
import { compareLexically, isFinitePoint, type Losses } from "./dominance.ts";
import { Staircase } from "./staircase.ts";

/** What is left to do at most, in losses that are looked at: some ten million a second. */
export interface Work {
  left: number;
}

/**
 * The volume between the points and the reference; points that are not better everywhere add none.
 * NaN once there is no work left.
 */
export function hypervolume(
  points: readonly Losses[],
  reference: Losses,
  work: Work = { left: Infinity },
): number {
  return volumeOf(inside(points, reference), reference, work);
}

/** What each point adds to the others: the volume that would be lost without it. */
export function hypervolumeContributions(
  points: readonly Losses[],
  reference: Losses,
): readonly number[] {
  return points.map((point, index) =>
    exclusiveVolume(point, points.toSpliced(index, 1), { reference })
  );
}

/** The volume that a point dominates and the others do not; NaN once there is no work left. */
export function exclusiveVolume(
  point: Losses,
  others: readonly Losses[],
  { reference, work = { left: Infinity } }: { readonly reference: Losses; readonly work?: Work },
): number {
  if (!isInside(point, reference)) return 0;
  let box = 1;
  for (let i = 0; i < point.length; i++) box *= (reference[i] ?? 0) - (point[i] ?? 0);
  // Where the others overlap with the point's box, each of them dominates from its own worse corner.
  const limited = inside(others, reference).map((other) =>
    other.map((loss, i) => Math.max(loss, point[i] ?? 0))
  );
  return box - volumeOf(limited, reference, work);
}

/**
 * A reference point that all of these reach beyond: a tenth of its size worse than the worst of each
 * loss, and where that is 0 a little more than 0. Points with losses that are not finite do not count.
 */
export function referencePoint(points: readonly Losses[]): Losses {
  const finite = points.filter(isFinitePoint);
  const objectives = finite[0]?.length ?? 0;
  return Array.from({ length: objectives }, (_, i) => {
    const worst = finite.reduce((most, losses) => Math.max(most, losses[i] ?? 0), -Infinity);
    return worst === 0 ? 1e-12 : Math.max(1.1 * worst, 0.9 * worst);
  });
}

function isInside(losses: Losses, reference: Losses): boolean {
  return isFinitePoint(losses) && losses.every((loss, i) => loss < (reference[i] ?? 0));
}

function inside(points: readonly Losses[], reference: Losses): readonly Losses[] {
  return points.filter((losses) => isInside(losses, reference));
}

/** Of points that all lie inside. */
function volumeOf(points: readonly Losses[], reference: Losses, work: Work): number {
  work.left -= points.length * reference.length;
  if (work.left < 0) return NaN;
  switch (reference.length) {
    case 0:
      return 0;
    case 1:
      return points.reduce((most, [loss = 0]) => Math.max(most, (reference[0] ?? 0) - loss), 0);
    case 2:
      return planeVolume(points, reference);
    case 3:
      return spaceVolume(points, reference);
    default:
      return wfgVolume(points, reference, work);
  }
}

function planeVolume(points: readonly Losses[], [right = 0, top = 0]: Losses): number {
  let area = 0;
  let lowest = top;
  for (const [x = 0, y = 0] of points.toSorted(compareLexically)) {
    if (y >= lowest) continue;
    area += (right - x) * (lowest - y);
    lowest = y;
  }
  return area;
}

function spaceVolume(points: readonly Losses[], [right = 0, top = 0, end = 0]: Losses): number {
  const stairs = new Staircase([right, top]);
  let volume = 0;
  let from = 0;
  for (const [x = 0, y = 0, z = 0] of points.toSorted((a, b) => (a[2] ?? 0) - (b[2] ?? 0))) {
    volume += stairs.area * (z - from);
    from = z;
    stairs.add(x, y);
  }
  return volume + stairs.area * (end - from);
}

function wfgVolume(points: readonly Losses[], reference: Losses, work: Work): number {
  const last = reference.length - 1;
  // Worst last loss first: all that a point is then compared with reaches beyond it along the last
  // axis, so what it adds is a slice of even thickness.
  const front = frontOf(points, work).toSorted((a, b) => (b[last] ?? 0) - (a[last] ?? 0))
    .map((losses) => ({ thickness: (reference[last] ?? 0) - (losses[last] ?? 0), losses }));
  const face = reference.slice(0, last);
  const flat = front.map(({ losses }) => losses.slice(0, last));
  let volume = 0;
  for (const [index, { thickness }] of front.entries()) {
    const own = flat[index] ?? [];
    volume += thickness * exclusiveVolume(own, flat.slice(index + 1), { reference: face, work });
    if (Number.isNaN(volume)) break;
  }
  return volume;
}

/** Those that no other dominates, each once. In lexical order none is dominated by a later one. */
function frontOf(points: readonly Losses[], work: Work): readonly Losses[] {
  const front: Losses[] = [];
  for (const losses of points.toSorted(compareLexically)) {
    if (work.left < 0) break;
    const dominating = front.findIndex((other) => isNowhereWorse(other, losses));
    work.left -= (dominating < 0 ? front.length : dominating + 1) * losses.length;
    if (dominating < 0) front.push(losses);
  }
  return front;
}

function isNowhereWorse(a: Losses, b: Losses): boolean {
  for (let i = 0; i < a.length; i++) {
    if ((a[i] ?? 0) > (b[i] ?? 0)) return false;
  }
  return true;
}
