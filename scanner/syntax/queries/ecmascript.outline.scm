(function_declaration name: (identifier) @name parameters: (formal_parameters) @params body: (_) @body) @def.function
(generator_function_declaration name: (identifier) @name parameters: (formal_parameters) @params body: (_) @body) @def.function
(method_definition name: (_) @name parameters: (formal_parameters) @params body: (_) @body) @def.function
(class_declaration name: (_) @name body: (class_body) @body) @def.class
(variable_declarator name: (identifier) @name value: (class body: (class_body) @body)) @def.class
(assignment_expression left: [(identifier) (member_expression)] @name right: (class body: (class_body) @body)) @def.class

; A function that gets its name from what it is stored in.
(variable_declarator name: (identifier) @name
  value: [(arrow_function parameters: (_) @params body: (_) @body) (function_expression parameters: (_) @params body: (_) @body)
          (generator_function parameters: (_) @params body: (_) @body)]) @def.function
(variable_declarator name: (identifier) @name value: (arrow_function parameter: (identifier) @params body: (_) @body)) @def.function
(assignment_expression left: [(identifier) (member_expression) (subscript_expression)] @name
  right: [(arrow_function parameters: (_) @params body: (_) @body) (function_expression parameters: (_) @params body: (_) @body)
          (generator_function parameters: (_) @params body: (_) @body)]) @def.function
(assignment_expression left: [(identifier) (member_expression) (subscript_expression)] @name
  right: (arrow_function parameter: (identifier) @params body: (_) @body)) @def.function
(pair key: (_) @name
  value: [(arrow_function parameters: (_) @params body: (_) @body) (function_expression parameters: (_) @params body: (_) @body)
          (generator_function parameters: (_) @params body: (_) @body)]) @def.function
(pair key: (_) @name value: (arrow_function parameter: (identifier) @params body: (_) @body)) @def.function
(export_statement "default" @name
  value: [(arrow_function body: (_) @body) (function_expression body: (_) @body) (generator_function body: (_) @body)]) @def.function
(export_statement "default" @name value: (class body: (class_body) @body)) @def.class

; Objects give their functions a first name.
(variable_declarator name: (identifier) @name value: (object) @body) @def.scope
((assignment_expression left: [(identifier) (member_expression)] @name right: (object) @body) @def.scope (#not-eq? @name "module.exports"))
(pair key: (_) @name value: (object) @body) @def.scope
(export_statement "default" @name value: (object) @body) @def.scope

(program [(lexical_declaration (variable_declarator name: (identifier) @name) @def.variable)
          (variable_declaration (variable_declarator name: (identifier) @name) @def.variable)])
(program (export_statement declaration: [(lexical_declaration (variable_declarator name: (identifier) @name) @def.variable)
                                         (variable_declaration (variable_declarator name: (identifier) @name) @def.variable)]))
