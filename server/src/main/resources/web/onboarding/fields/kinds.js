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
 * The kinds of control. Each knows, for an answer that was given, its draft (`draftOf`) and how it is said (`say`),
 * and makes a control: `make(field, changed)` answers
 *
 *   element   what is shown; a `group` of several is labelled as one
 *   target    what takes the focus
 *   draft()   what stands in it, as it is kept; `write(draft)` puts it there, undefined empties it
 *   value()   the answer that this is, undefined where nothing is given
 *   nothing   the whole answer where nothing is given; undefined sends none, for the server to say that it is missing
 *   mark(is)  whether the server refused it; a group of radios is marked as one
 *   explain() where the server refused it: what to do, if this control can say that better; undefined if not
 *   entry(at) of a list, what stands at an index
 *   under     what is said below it, if anything
 */
const KINDS = { checkbox, checkboxes, date, json, lines, longtext, number, radios, select, text };

export const kindOf = (field) => KINDS[field.kind];
