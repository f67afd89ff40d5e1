/** A few training images of each class as HTML. */
import type { ClassSamples } from "./class_samples.ts";
import { html, type Markup } from "./markup.ts";
import { pngDataUri } from "./png.ts";

/** A row of images for each class; null without any. */
export function htmlSamples(samples: readonly ClassSamples[]): Markup | null {
  if (samples.length === 0) return null;
  return html`
    <h3>Sample images</h3>
    <ul class="samples">${samples.map((sample) =>
      html`<li>${sample.name}<span>${images(sample)}</span></li>`
    )}</ul>
    <p class="note">The first training images of each class.</p>
  `;
}

function images({ name, images }: ClassSamples): readonly Markup[] {
  return images.map(({ index, image }) =>
    html`
      <img src="${pngDataUri(image)}" width="64" height="64"
        alt="Training example ${index}, of class ${name}">
    `
  );
}
