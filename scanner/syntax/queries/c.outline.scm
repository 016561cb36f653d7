(function_definition declarator: (_) @declarator body: (_) @body) @def.function
(preproc_function_def name: (identifier) @name parameters: (_) @params) @def.function
(struct_specifier name: (_) @name body: (_) @body) @def.class
(union_specifier name: (_) @name body: (_) @body) @def.class
(enum_specifier name: (_) @name body: (_) @body) @def.class
(type_definition type: [(struct_specifier !name body: (_) @body) (union_specifier !name body: (_) @body) (enum_specifier !name body: (_) @body)]
  declarator: (type_identifier) @name) @def.class
(translation_unit (declaration declarator: [(identifier) @name (init_declarator declarator: (_) @declarator)]) @def.variable)
(preproc_def name: (identifier) @name) @def.variable
