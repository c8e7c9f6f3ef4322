import { el } from "../../shared/dom.js";
import { markInvalid } from "./textControl.js";

/** The attributes that label and describe a control. */
export function labelling(field, ...more) {
  const described = [
    `${field.id}-error`,
    field.about && "about",
    field.hint && `${field.id}-hint`,
    ...more,
  ];
  return {
    "aria-labelledby": field.label === null ? "question" : `${field.id}-label`,
    "aria-describedby": described.filter(Boolean).join(" "),
  };
}

/** A control with its label, hint and errors, and a line below with `savedLabel` and the control's own footer. */
export function fieldFrame(field, control, savedLabel) {
  const errors = el("div", { id: `${field.id}-error`, class: "error", role: "alert" });
  const footer = (savedLabel || control.footer) && el("div", { class: "quiet footer" }, savedLabel, control.footer);
  const parts = [
    labelOf(field, control),
    field.hint && el("p", { id: `${field.id}-hint`, class: "quiet hint" }, field.hint),
    control.element,
    errors,
    footer,
  ];
  const element = control.group
    ? el("fieldset", { class: "field", role: control.group, ...labelling(field), "aria-required": requiredOf(field, control) }, ...parts)
    : el("div", { class: "field" }, ...parts);

  return {
    element,
    /** Shows each message on a line of its own; an empty list clears them. */
    showErrors(details) {
      errors.replaceChildren(...details.map((detail) => el("p", {}, detail)));
      const isInvalid = details.length > 0;
      return control.group === "radiogroup" ? markInvalid(element, isInvalid) : control.mark(isInvalid);
    },
  };
}

function labelOf(field, { group, labelled }) {
  if (field.label === null || labelled) {
    return null;
  }
  const attributes = group === "group" ? {} : { "aria-hidden": "true" };
  const text = [
    el("span", { id: `${field.id}-label` }, field.label),
    field.required && el("span", { class: "quiet required", ...attributes }, "required"),
  ];
  return group ? el("legend", { class: "label" }, ...text) : el("label", { class: "label", for: field.id }, ...text);
}

const requiredOf = (field, { group }) => group === "radiogroup" && field.required && "true";
