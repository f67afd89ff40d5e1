/** A field of a form with its name, what it takes, and what is wrong with what it has. */
import type { VNode } from "preact";

/** The field. */
export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint: string | null;
  /** What is wrong; null: nothing is known to be. */
  readonly problem: string | null;
  readonly placeholder?: string;
  readonly isNumber?: boolean;
  readonly choices?: readonly string[];
}

/** The field, labelled. */
export function Field(props: FieldProps): VNode {
  const { name, label, value, hint, problem, placeholder, isNumber = false, choices = [] } = props;
  const id = `field-${name}`;
  const described = [hint === null ? "" : `${id}-hint`, problem === null ? "" : `${id}-wrong`]
    .filter((one) => one !== "").join(" ");
  return (
    <div class="one">
      <label for={id}>{label}</label>
      <input
        type="text"
        id={id}
        name={name}
        value={value}
        autocomplete="off"
        placeholder={placeholder}
        inputMode={isNumber ? "decimal" : undefined}
        list={choices.length > 0 ? `${id}-list` : undefined}
        aria-invalid={problem === null ? undefined : "true"}
        aria-describedby={described === "" ? undefined : described}
      />
      {choices.length > 0 && (
        <datalist id={`${id}-list`}>
          {choices.map((choice) => <option key={choice} value={choice} />)}
        </datalist>
      )}
      {problem !== null && <p class="wrong" id={`${id}-wrong`}>{problem}</p>}
      {hint !== null && <p class="note" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

/** What is wrong with a form as a whole. */
export function FormProblem({ message }: { readonly message: string | undefined }): VNode | null {
  return message === undefined ? null : <p class="trouble" role="alert">{message}</p>;
}
