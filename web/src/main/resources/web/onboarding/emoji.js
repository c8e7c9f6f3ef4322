const SIZE = 24;

/** Whether this device has a colour glyph for `emoji`: a missing glyph is drawn in the text colour only. */
export function canDraw(emoji) {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen || !emoji) {
    return false;
  }
  pen.font = `${SIZE - 4}px sans-serif`;
  pen.textBaseline = "top";
  pen.fillText(emoji, 0, 0);
  const { data } = pen.getImageData(0, 0, SIZE, SIZE);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== data[at + 1] || data[at + 1] !== data[at + 2]) {
      return true;
    }
  }
  return false;
}
