(namespace_definition name: (_) @name body: (_) @body) @def.namespace
(namespace_definition name: (_) @name !body) @def.rest
(class_declaration name: (_) @name body: (_) @body) @def.class
(interface_declaration name: (_) @name body: (_) @body) @def.class
(trait_declaration name: (_) @name body: (_) @body) @def.class
(enum_declaration name: (_) @name body: (_) @body) @def.class
(function_definition name: (_) @name parameters: (_) @params body: (_) @body) @def.function
(method_declaration name: (_) @name parameters: (_) @params body: (_)? @body) @def.function
(assignment_expression left: (_) @name
  right: [(anonymous_function parameters: (_) @params body: (_) @body) (arrow_function parameters: (_) @params body: (_) @body)]) @def.function
(property_declaration (property_element name: (_) @name)) @def.variable
(const_declaration (const_element (name) @name)) @def.variable
(program (expression_statement (assignment_expression left: (variable_name) @name) @def.variable))
