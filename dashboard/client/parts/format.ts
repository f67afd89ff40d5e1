/** Numbers, durations and values as the page writes them: the same on the server and in the browser. */
import type { ParameterValue } from "../../../core/domain/hyperparameters.ts";

const COUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A count with thousands separated: `12,345`. */
export function formatCount(value: number): string {
  return COUNT.format(value);
}

/** A measured number to four significant digits or decimals: `0.9346`, `12.35`, `1.2e-7`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2);
  return size < 10 ? value.toFixed(4) : value.toFixed(2);
}

/** A difference with its sign: `+0.0123`, `−0.0123`. */
export function formatSigned(value: number): string {
  return value === 0 ? "±0" : `${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value))}`;
}

/** A setting as somebody would type it, drawn ones to five digits: `0.05`, `1e-7`, `relu`. */
export function formatValue(value: ParameterValue): string {
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(5)));
}

/** A setting for somebody who reads it, and does not copy it: `50,000` for 50000. */
export function formatSetting(value: ParameterValue): string {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) >= 1e4
    ? formatCount(value)
    : formatValue(value);
}

/** A rate: `1,234 /s`, `3.2 /s`. */
export function formatRate(perSecond: number): string {
  return `${perSecond >= 100 ? formatCount(perSecond) : perSecond.toFixed(1)} /s`;
}

/** A duration in its two largest units: `2 m 05 s`, `1 h 07 m`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${two(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${two(minutes % 60)} m`;
  return `${Math.floor(hours / 24)} d ${two(hours % 24)} h`;
}

/** How long ago something was: `just now`, `2 m ago`, in its largest unit. */
export function formatAgo(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 3) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ago`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** An instant, in UTC: `2026-01-31 10:42:03 UTC`. */
export function formatInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
