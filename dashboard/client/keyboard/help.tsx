/** The list of keys: those that do something on this page, and the switch for all of them. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { type Destination, SHORTCUTS, type Surroundings, worksOn } from "./shortcuts.ts";

/** What the list needs. */
export interface HelpProps {
  readonly surroundings: Surroundings;
  readonly destinations: readonly Destination[];
  readonly isOn: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly onClose: () => void;
}

/** Its content; the dialog around it is the browser's own. */
export function Help(props: HelpProps): VNode {
  const { surroundings, destinations, onSwitch, onClose } = props;
  const [isOn, setOn] = useState(props.isOn);
  const own = SHORTCUTS.filter((shortcut) => worksOn(surroundings, shortcut));
  return (
    <>
      <div class="card-head">
        <h2 id="help-title">Keys of this page</h2>
        <button type="button" class="button" onClick={onClose}>Close</button>
      </div>
      <label class="key-switch">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => {
            setOn(event.currentTarget.checked);
            onSwitch(event.currentTarget.checked);
          }}
        />
        Single keys work (remembered in this browser)
      </label>
      <dl class={isOn ? "keys" : "keys keys-off"}>
        <Key keys={["Ctrl K", "⌘ K"]} words="find a page, sweep, trial or action; works always" />
        <Key keys={["Esc"]} words="close, or clear what is chosen; works always" />
        {own.map(({ keys, act, words }) => <Key key={act} keys={keys} words={words} />)}
        {surroundings.hasRows && <Key keys={["↑", "↓"]} words="along the rows, once in a table" />}
        {surroundings.hasCharts && (
          <Key keys={["←", "→"]} words="read the values of the chart that has the focus" />
        )}
      </dl>
      <h3>Go to</h3>
      <dl class={isOn ? "keys" : "keys keys-off"}>
        {destinations.map(({ key, label }) => <Key key={key} keys={[`g ${key}`]} words={label} />)}
      </dl>
    </>
  );
}

function Key(
  { keys, words }: { readonly keys: readonly string[]; readonly words: string },
): VNode {
  return (
    <div>
      <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
      <dd>{words}</dd>
    </div>
  );
}
