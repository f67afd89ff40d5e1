/** What the sweep files beside it train: their own programs would not run in Deno. */
import type { Trial, TrialParameters } from "../../mod.ts";

/** Curves that fall, faster where the first number among the parameters is larger. */
export default async function train(
  parameters: TrialParameters,
  trial: Trial,
): Promise<Record<string, number>> {
  const speed = Object.values(parameters).find((value) => typeof value === "number") ?? 1;
  const epochs = Number(parameters["epochs"] ?? 3);
  const metricsAt = (epoch: number): Record<string, number> => {
    const loss = 1 / (1 + epoch * Math.min(1, Math.abs(Number(speed))));
    return { loss, validation_loss: loss, val_accuracy: 1 - loss, accuracy: 1 - loss };
  };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    if (await trial.report(metricsAt(epoch)) === "stop") return metricsAt(epoch);
  }
  return metricsAt(epochs);
}
