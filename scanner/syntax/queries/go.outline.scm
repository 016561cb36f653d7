(function_declaration name: (identifier) @name parameters: (parameter_list) @params body: (_)? @body) @def.function
(method_declaration receiver: (parameter_list . (parameter_declaration type: (_) @receiver) .) name: (_) @name
  parameters: (parameter_list) @params body: (_)? @body) @def.function
(type_spec name: (type_identifier) @name type: [(struct_type) (interface_type)] @body) @def.class
(type_spec name: (type_identifier) @name) @def.class
(type_alias name: (type_identifier) @name) @def.class
(method_elem name: (_) @name parameters: (parameter_list) @params) @def.function
(short_var_declaration left: (expression_list . (identifier) @name .)
  right: (expression_list . (func_literal parameters: (parameter_list) @params body: (_) @body) .)) @def.function
(var_spec . name: (identifier) @name value: (expression_list . (func_literal parameters: (parameter_list) @params body: (_) @body) .)) @def.function
(source_file (var_declaration (var_spec name: (identifier) @name) @def.variable))
(source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name) @def.variable)))
(source_file (const_declaration (const_spec name: (identifier) @name) @def.variable))
