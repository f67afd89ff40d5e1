/** A page is printed light, with its address and the time, whatever it looks like on the screen. */
/// <reference lib="dom" />

/** Begins to listen. */
export function startPrinting(): void {
  const { dataset } = document.documentElement;
  let before: string | undefined;
  tellAddress();
  addEventListener("beforeprint", () => {
    before = dataset["theme"];
    // Canvases are drawn in the theme's colours: their scripts watch this.
    dataset["theme"] = "light";
    tellAddress();
  });
  addEventListener("afterprint", () => {
    if (before === undefined) delete dataset["theme"];
    else dataset["theme"] = before;
  });
}

function tellAddress(): void {
  const place = document.getElementById("print-address");
  if (place !== null) place.textContent = location.href;
}
