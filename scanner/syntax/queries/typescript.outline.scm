(function_signature name: (identifier) @name parameters: (formal_parameters) @params) @def.function
(method_signature name: (_) @name parameters: (formal_parameters) @params) @def.function
(abstract_method_signature name: (_) @name parameters: (formal_parameters) @params) @def.function
(abstract_class_declaration name: (_) @name body: (class_body) @body) @def.class
(interface_declaration name: (_) @name body: (_) @body) @def.class
(enum_declaration name: (_) @name body: (_) @body) @def.class
(internal_module name: (_) @name body: (_)? @body) @def.namespace
(module name: (_) @name body: (_)? @body) @def.namespace
(public_field_definition name: (_) @name
  value: [(arrow_function parameters: (_) @params body: (_) @body) (function_expression parameters: (_) @params body: (_) @body)]) @def.function
(public_field_definition name: (_) @name value: (arrow_function parameter: (identifier) @params body: (_) @body)) @def.function
(public_field_definition name: (_) @name value: (object) @body) @def.scope
(public_field_definition name: (_) @name) @def.variable
