const NAMES = { 1: "Axiom" };

/** What a layer is called among people. */
export const layerName = (layer) => NAMES[layer] || `Layer ${layer}`;
