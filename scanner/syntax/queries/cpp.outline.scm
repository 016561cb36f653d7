(namespace_definition name: (_) @name body: (_) @body) @def.namespace
(class_specifier name: (_) @name body: (_) @body) @def.class
(field_declaration_list (field_declaration declarator: (function_declarator) @declarator) @def.function)
(field_declaration_list (declaration declarator: (function_declarator) @declarator) @def.function)
(init_declarator declarator: (identifier) @name
  value: (lambda_expression declarator: (abstract_function_declarator parameters: (_) @params)? body: (_) @body)) @def.function
