/** A printed page tells its address, and how its canvases were drawn; style sheets do the rest. */
/// <reference lib="dom" />

/** Begins to listen. */
export function startPrinting(): void {
  prepare();
  addEventListener("beforeprint", prepare);
}

function prepare(): void {
  const { dataset } = document.documentElement;
  const isDark = dataset["theme"] === "dark" ||
    dataset["theme"] === undefined && matchMedia("(prefers-color-scheme: dark)").matches;
  dataset["ink"] = isDark ? "light" : "dark";
  const place = document.getElementById("print-address");
  if (place !== null) place.textContent = location.href;
}
