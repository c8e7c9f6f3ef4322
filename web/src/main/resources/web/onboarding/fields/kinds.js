import { checkbox } from "./checkbox.js";
import { checkboxes } from "./checkboxes.js";
import { date } from "./date.js";
import { json } from "./json.js";
import { lines } from "./lines.js";
import { longtext } from "./longtext.js";
import { number } from "./number.js";
import { radios } from "./radios.js";
import { select } from "./select.js";
import { text } from "./text.js";

/**
 * The kinds of control. Each converts an answer to a draft (`draftOf`) and to text (`format`), and creates a control:
 * `make(field, changed)` returns
 *
 *   element      the DOM element; a `group` of several is labelled as one
 *   target       the element that gets the focus
 *   draft()      the content as it is saved; `write(draft)` restores it, undefined clears it
 *   value()      the answer, undefined if empty
 *   emptyAnswer  the answer to send if it is empty; undefined sends none, so that the server reports what is missing
 *   mark(is)     marks it as invalid or valid; a group of radios is marked as one
 *   explain()    a more specific error message than the server's, undefined if there is none
 *   entry(at)    for a list, the entry at an index
 *   footer       an element to show below, if any
 */
const KINDS = { checkbox, checkboxes, date, json, lines, longtext, number, radios, select, text };

export const kindOf = (field) => KINDS[field.kind];
