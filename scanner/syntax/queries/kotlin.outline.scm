(class_declaration name: (_) @name (primary_constructor (class_parameters) @params)? [(class_body) (enum_class_body)]? @body) @def.class
(object_declaration name: (_) @name (class_body)? @body) @def.class
(companion_object name: (_) @name (class_body)? @body) @def.class
(companion_object !name "companion" @name (class_body)? @body) @def.class
(function_declaration name: (_) @name (function_value_parameters) @params (function_body)? @body) @def.function
(secondary_constructor "constructor" @name (function_value_parameters) @params (block)? @body) @def.function
(property_declaration (variable_declaration (identifier) @name) [(getter) (setter)] @body) @def.function
(property_declaration (variable_declaration (identifier) @name) [(lambda_literal) (anonymous_function)] @body) @def.function
(source_file (property_declaration (variable_declaration (identifier) @name)) @def.variable)
(class_body (property_declaration (variable_declaration (identifier) @name)) @def.variable)
