(namespace_declaration name: (_) @name body: (_) @body) @def.namespace
(file_scoped_namespace_declaration name: (_) @name) @def.rest
(class_declaration name: (_) @name body: (_)? @body) @def.class
(struct_declaration name: (_) @name body: (_)? @body) @def.class
(interface_declaration name: (_) @name body: (_)? @body) @def.class
(record_declaration name: (_) @name (parameter_list)? @params body: (_)? @body) @def.class
(enum_declaration name: (_) @name body: (_)? @body) @def.class
(method_declaration name: (_) @name parameters: (_) @params body: (_)? @body) @def.function
(constructor_declaration name: (_) @name parameters: (_) @params body: (_)? @body) @def.function
(destructor_declaration name: (_) @name body: (_)? @body) @def.function
(local_function_statement name: (_) @name parameters: (_) @params body: (_)? @body) @def.function
(delegate_declaration name: (_) @name parameters: (_) @params) @def.function
(property_declaration name: (_) @name accessors: (_) @body) @def.function
(property_declaration name: (_) @name value: (_) @body) @def.function
(field_declaration (variable_declaration (variable_declarator name: (_) @name))) @def.variable
(variable_declarator name: (identifier) @name (lambda_expression parameters: (_) @params body: (_) @body)) @def.function
