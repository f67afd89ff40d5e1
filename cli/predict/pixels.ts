/** Images as rows of bytes, and how their size and colours become those that a model takes. */

/** An image in memory. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 3: red, green, blue. */
  readonly channels: 1 | 3;
  /** `height × width × channels` numbers in [0, 255], row by row, channels together. */
  readonly data: ArrayLike<number>;
}

/**
 * The image in another size: each new pixel is the mean of the area that it covers; where the image
 * grows, neighbours are blended in proportion to their distance.
 */
export function resize(
  image: Pixels,
  { width, height }: { readonly width: number; readonly height: number },
): Pixels {
  if (image.width === width && image.height === height) return image;
  const columns = weightsOf(image.width, width);
  const rows = weightsOf(image.height, height);
  const { channels } = image;
  const data = new Float64Array(width * height * channels);
  for (const [y, tall] of rows.entries()) {
    for (const [x, wide] of columns.entries()) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (const [row, h] of tall) {
          for (const [column, w] of wide) {
            sum += h * w * (image.data[(row * image.width + column) * channels + c] ?? 0);
          }
        }
        data[(y * width + x) * channels + c] = Math.round(sum);
      }
    }
  }
  return { width, height, channels, data };
}

/** Grey from colours by their brightness (Rec. 601), or three equal colours from grey. */
export function recolour(image: Pixels, channels: 1 | 3): Pixels {
  if (image.channels === channels) return image;
  const { width, height, data } = image;
  const length = width * height * channels;
  const converted = channels === 1
    ? Uint8Array.from({ length }, (_, i) => brightness(data, 3 * i))
    : Uint8Array.from({ length }, (_, i) => data[Math.floor(i / 3)] ?? 0);
  return { width, height, channels, data: converted };
}

function brightness(data: ArrayLike<number>, at: number): number {
  const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  return Math.round(0.299 * r + 0.587 * g + 0.114 * b);
}

/** Of what each new place along an axis is made: old places with weights that add up to 1. */
function weightsOf(from: number, to: number): readonly (readonly (readonly [number, number])[])[] {
  const scale = from / to;
  return Array.from({ length: to }, (_, i) => {
    if (scale <= 1) {
      const centre = Math.min(from - 1, Math.max(0, (i + 0.5) * scale - 0.5));
      const low = Math.floor(centre);
      const high = Math.min(from - 1, low + 1);
      return [[low, 1 - (centre - low)], [high, centre - low]];
    }
    const [start, end] = [i * scale, (i + 1) * scale];
    const first = Math.floor(start);
    const count = Math.min(from, Math.ceil(end)) - first;
    return Array.from({ length: count }, (_, k): readonly [number, number] => {
      const place = first + k;
      return [place, (Math.min(end, place + 1) - Math.max(start, place)) / scale];
    });
  });
}
