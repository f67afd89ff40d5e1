/** The palette: type a few letters, choose with the arrow keys, go with Enter. */
/// <reference lib="dom" />
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Command, commandsFor, type CommandSources } from "./commands.ts";

/** What the palette needs. */
export interface PaletteProps {
  readonly sources: CommandSources;
  readonly onChoose: (command: Command) => void;
}

/** Its content; the dialog around it is the browser's own. */
export function Palette({ sources, onChoose }: PaletteProps): VNode {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const { shown, total } = commandsFor(typed, sources);
  const chosen = Math.min(at, shown.length - 1);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((chosen + step + shown.length) % Math.max(1, shown.length));
    }
    const command = shown[chosen];
    if (event.key === "Enter" && !event.isComposing && command !== undefined) {
      event.preventDefault();
      onChoose(command);
    }
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label="Go to a page, a sweep, a trial, or do something"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={shown.length > 0 ? `palette-${chosen}` : undefined}
        aria-autocomplete="list"
        autocomplete="off"
        spellcheck={false}
        placeholder="Page, sweep, trial number, action …"
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="palette-list" role="listbox" aria-label="What there is" ref={list}>
        {shown.map((command, index) => (
          <li
            key={`${command.kind} ${command.label}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => onChoose(command)}
          >
            <span class="palette-label">{command.label}</span>
            <span class="palette-kind">{command.kind}</span>
          </li>
        ))}
      </ul>
      <p class="note" role="status">
        {shown.length === 0
          ? "Nothing fits. A number leads to that trial of this sweep."
          : `${shown.length} of ${total} · ↑ ↓ choose · Enter goes · Esc closes`}
      </p>
    </>
  );
}
