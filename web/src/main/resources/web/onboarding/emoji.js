const SIZE = 24;

/** Whether this device has a colour glyph for `emoji`: a missing glyph is drawn in the text colour only. */
export function canDraw(emoji) {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context || !emoji) {
    return false;
  }
  context.font = `${SIZE - 4}px sans-serif`;
  context.textBaseline = "top";
  context.fillText(emoji, 0, 0);
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== data[at + 1] || data[at + 1] !== data[at + 2]) {
      return true;
    }
  }
  return false;
}
