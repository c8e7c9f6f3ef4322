/**
 * Creates an element. Keys of `attributes` that begin with "on" are listeners; an attribute that is false or null is
 * left out, true becomes the empty string. Text children are text, never markup.
 */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Replaces the content of `main` with `screen`, sets the page title and moves the focus. */
export function show(main, title, screen, focused = screen.querySelector("h1")) {
  document.title = `${title} · Onward`;
  main.replaceChildren(screen);
  main.removeAttribute("aria-busy");
  if (focused) {
    if (focused.tabIndex < 0) {
      focused.tabIndex = -1;
    }
    focused.focus({ preventScroll: true });
  }
  scrollTo(0, 0);
}

export const prefersReducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
