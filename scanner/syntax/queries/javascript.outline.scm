(field_definition property: (_) @name
  value: [(arrow_function parameters: (_) @params body: (_) @body) (function_expression parameters: (_) @params body: (_) @body)]) @def.function
(field_definition property: (_) @name value: (arrow_function parameter: (identifier) @params body: (_) @body)) @def.function
(field_definition property: (_) @name value: (object) @body) @def.scope
(field_definition property: (_) @name) @def.variable
