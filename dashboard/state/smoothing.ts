/** Smoothing of a curve, as TensorBoard's slider does it. */

/**
 * The exponential moving average s_t = w s_(t-1) + (1 - w) y_t from s_0 = 0, divided by 1 - w^t: that
 * takes out the pull towards 0 at the start (Kingma and Ba, 2015, §3). What is not finite stays as
 * it is, and the average goes on after it.
 * @param weight w, from 0 (nothing changes) to below 1.
 */
export function debiasedAverage(values: readonly number[], weight: number): readonly number[] {
  let average = 0;
  let bias = 1;
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    average = weight * average + (1 - weight) * value;
    bias *= weight;
    // The average of the largest numbers may round to more than any.
    return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, average / (1 - bias)));
  });
}
