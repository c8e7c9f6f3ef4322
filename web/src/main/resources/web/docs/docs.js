/* global SwaggerUIBundle */
SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#reference",
  deepLinking: false,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  validatorUrl: null,
});
