const NAMES = { 1: "Axiom" };

/** A layer's name for people. */
export const layerName = (layer) => NAMES[layer] || `Layer ${layer}`;
