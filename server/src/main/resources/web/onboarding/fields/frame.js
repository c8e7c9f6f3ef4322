import { el } from "../../shared/dom.js";
import { markInvalid } from "./writing.js";

/** The attributes that name a control and say what belongs to it. */
export function naming(field, ...more) {
  const described = [
    `${field.id}-refusal`,
    field.about && "about",
    field.hint && `${field.id}-hint`,
    ...more,
  ];
  return {
    "aria-labelledby": field.label === null ? "question" : `${field.id}-label`,
    "aria-describedby": described.filter(Boolean).join(" "),
  };
}

/** A control with its label, its hint, the server's refusal beside it, and `kept` and its own words in a line below. */
export function framed(field, control, kept) {
  const refusal = el("div", { id: `${field.id}-refusal`, class: "refusal", role: "alert" });
  const under = (kept || control.under) && el("div", { class: "quiet under" }, kept, control.under);
  const parts = [
    labelOf(field, control),
    field.hint && el("p", { id: `${field.id}-hint`, class: "quiet hint" }, field.hint),
    control.element,
    refusal,
    under,
  ];
  const element = control.group
    ? el("fieldset", { class: "field", role: control.group, ...naming(field), "aria-required": requiredOf(field, control) }, ...parts)
    : el("div", { class: "field" }, ...parts);

  return {
    element,
    /** Says each of these in a line of its own; none where nothing is refused. */
    refuse(details) {
      refusal.replaceChildren(...details.map((detail) => el("p", {}, detail)));
      const isRefused = details.length > 0;
      return control.group === "radiogroup" ? markInvalid(element, isRefused) : control.mark(isRefused);
    },
  };
}

function labelOf(field, { group, labelled }) {
  if (field.label === null || labelled) {
    return null;
  }
  const said = group === "group" ? {} : { "aria-hidden": "true" };
  const text = [
    el("span", { id: `${field.id}-label` }, field.label),
    field.required && el("span", { class: "quiet required", ...said }, "required"),
  ];
  return group ? el("legend", { class: "label" }, ...text) : el("label", { class: "label", for: field.id }, ...text);
}

const requiredOf = (field, { group }) => group === "radiogroup" && field.required && "true";
