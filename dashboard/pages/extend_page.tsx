/** The form of an extension: more values, wider ranges, more replicates, more trials. */
import type { VNode } from "preact";
import type { FieldProblems } from "../actions/field_problems.ts";
import type { TypedExtension } from "../actions/extension_form.ts";
import type { Parameter } from "../../core/domain/search_space.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { Field, FormProblem } from "./field.tsx";

/** What the form needs. */
export interface ExtendProps {
  readonly sweep: string;
  readonly spec: SweepSpec;
  readonly asked: number;
  readonly parameters: readonly Parameter[];
  readonly typed: TypedExtension;
  readonly problems: FieldProblems;
}

/** The form as a card. */
export function ExtendCard(props: ExtendProps): VNode {
  const { sweep, spec, asked, parameters, typed, problems } = props;
  const most = spec.racing?.max ?? spec.replicates;
  const field = (name: string) => ({
    name,
    value: typed.get(name) ?? "",
    problem: problems.get(name) ?? null,
  });
  return (
    <section class="card" aria-labelledby="ask-title">
      <form method="post" action={`/s/${sweep}/extend`} class="stack">
        <h2 id="ask-title" class="big">Ask for more of this sweep</h2>
        <p>
          {asked}{" "}
          trials were asked for so far. Only what is new is trained; what is left empty stays as it
          is.
        </p>
        <FormProblem message={problems.get("")} />
        <div class="fields">
          <Field
            {...field("replicates")}
            label={spec.racing === undefined ? "replicates" : "replicates at most"}
            hint={`trials per configuration; now ${most}`}
            placeholder={String(most)}
            isNumber
          />
          <Field
            {...field("runCap")}
            label="run_cap"
            hint={`trials at most, or none; now ${spec.runCap ?? "none"}`}
            placeholder={String(spec.runCap ?? "none")}
          />
          {parameters.map((parameter) => (
            <More key={parameter.name} parameter={parameter} field={field} />
          ))}
        </div>
        <p class="controls">
          <button type="submit" class="button chief">Extend</button>
          <a class="button" href={`/s/${sweep}`}>Leave it</a>
        </p>
      </form>
    </section>
  );
}

function More(
  { parameter: { name, domain }, field }: {
    readonly parameter: Parameter;
    readonly field: (
      name: string,
    ) => { readonly name: string; readonly value: string; readonly problem: string | null };
  },
): VNode {
  if (domain.kind === "values") {
    return (
      <Field
        {...field(`add.${name}`)}
        label={`more values of ${name}`}
        hint={`with commas between them; now ${domain.values.join(", ")}`}
      />
    );
  }
  const [min, max] = domain.kind === "normal"
    ? [domain.mean, domain.mean]
    : [domain.min, domain.max];
  return (
    <fieldset>
      <legend>range of {name}</legend>
      <Field
        {...field(`min.${name}`)}
        label="from"
        hint={null}
        placeholder={String(min)}
        isNumber
      />
      <Field {...field(`max.${name}`)} label="to" hint={null} placeholder={String(max)} isNumber />
    </fieldset>
  );
}
