(class_declaration name: (identifier) @name body: (_) @body) @def.class
(interface_declaration name: (identifier) @name body: (_) @body) @def.class
(enum_declaration name: (identifier) @name body: (_) @body) @def.class
(record_declaration name: (identifier) @name parameters: (formal_parameters) @params body: (_) @body) @def.class
(annotation_type_declaration name: (identifier) @name body: (_) @body) @def.class
(method_declaration name: (identifier) @name parameters: (formal_parameters) @params body: (_)? @body) @def.function
(constructor_declaration name: (identifier) @name parameters: (formal_parameters) @params body: (_) @body) @def.function
(compact_constructor_declaration name: (identifier) @name body: (_) @body) @def.function
(annotation_type_element_declaration name: (identifier) @name) @def.function
(field_declaration declarator: (variable_declarator name: (identifier) @name)) @def.variable
(constant_declaration declarator: (variable_declarator name: (identifier) @name)) @def.variable
